import type { GoTime } from '../values/value.ts';
import { dayNames, momentOf, monthNames, type Moment } from './calendar.ts';
import { readLayout } from './layout.ts';

/** A time in a layout of Go's. */
export function formatTime(time: GoTime, layout: string): string {
  const moment = momentOf(time);
  return readLayout(layout)
    .map((piece) => (piece.kind === 'text' ? piece.text : printElement(piece.element, moment)))
    .join('');
}

/** As Go prints a time that nobody formatted. */
export function printTime(time: GoTime): string {
  return formatTime(time, '2006-01-02 15:04:05.999999999 -0700 MST');
}

export function printRfc3339(time: GoTime): string {
  return formatTime(time, '2006-01-02T15:04:05.999999999Z07:00');
}

const printers: Readonly<Record<string, (moment: Moment) => string>> = {
  '2006': ({ year }) => (year < 0 ? `-${pad(-year, 4)}` : pad(year, 4)),
  '06': ({ year }) => pad(((year % 100) + 100) % 100, 2),
  January: ({ month }) => monthNames[month - 1] ?? '',
  Jan: ({ month }) => (monthNames[month - 1] ?? '').slice(0, 3),
  '01': ({ month }) => pad(month, 2),
  '1': ({ month }) => String(month),
  Monday: ({ weekday }) => dayNames[weekday] ?? '',
  Mon: ({ weekday }) => (dayNames[weekday] ?? '').slice(0, 3),
  '02': ({ day }) => pad(day, 2),
  _2: ({ day }) => String(day).padStart(2),
  '2': ({ day }) => String(day),
  '002': ({ yearDay }) => pad(yearDay, 3),
  __2: ({ yearDay }) => String(yearDay).padStart(3),
  '15': ({ hour }) => pad(hour, 2),
  '03': ({ hour }) => pad(hour % 12 || 12, 2),
  '3': ({ hour }) => String(hour % 12 || 12),
  '04': ({ minute }) => pad(minute, 2),
  '4': ({ minute }) => String(minute),
  '05': ({ second }) => pad(second, 2),
  '5': ({ second }) => String(second),
  PM: ({ hour }) => (hour >= 12 ? 'PM' : 'AM'),
  pm: ({ hour }) => (hour >= 12 ? 'pm' : 'am'),
  MST: ({ zoneName, offsetSeconds }) => zoneName || printOffset('-07', offsetSeconds, offsetSeconds % 3600 === 0 ? '' : '00'),
};

function printElement(element: string, moment: Moment): string {
  const printer = Object.hasOwn(printers, element) ? printers[element] : undefined;
  if (printer) return printer(moment);
  if (element.startsWith('.') || element.startsWith(',')) return printFraction(element, moment);
  return element.startsWith('Z') && moment.offsetSeconds === 0 ? 'Z' : printOffset(element, moment.offsetSeconds, '');
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Nines leave out the zeros at the end. */
function printFraction(element: string, { nanosecond }: Moment): string {
  const digits = pad(nanosecond, 9)
    .slice(0, element.length - 1)
    .padEnd(element.length - 1, '0');
  const shown = element.includes('9') ? digits.replace(/0+$/, '') : digits;
  return shown === '' ? '' : element.slice(0, 1) + shown;
}

/** With as many parts as the element has, and the minutes where there are some that must be shown. */
function printOffset(element: string, offsetSeconds: number, minutes: string): string {
  const size = Math.abs(offsetSeconds);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60].map((part) => pad(part, 2));
  const digits = element.slice(1).replaceAll(':', '').length + minutes.length;
  return `${offsetSeconds < 0 ? '-' : '+'}${parts.slice(0, digits / 2).join(element.includes(':') ? ':' : '')}`;
}

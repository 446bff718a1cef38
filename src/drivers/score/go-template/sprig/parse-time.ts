import type { GoTime } from '../values/value.ts';
import { dayNames, daysInMonth, daysOf, monthNames } from './calendar.ts';
import { readLayout, type LayoutPiece } from './layout.ts';
import { fixedZoneOf } from './zones.ts';

/** What has been read of a time so far. */
interface Fields {
  year: number;
  month: number;
  day: number;
  yearDay: number | undefined;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  half: 'am' | 'pm' | undefined;
  offsetSeconds: number | undefined;
  zoneName: string;
}

/** Reads one element at the beginning of a text; gives how long it is, or undefined where it is not there. */
type Reader = (text: string, fields: Fields) => number | undefined;

/** Reads a time in a layout of Go's; undefined where the text does not fit. Without a zone it is UTC. */
export function parseTime(layout: string, text: string): GoTime | undefined {
  const fields: Fields = {
    year: 0,
    month: 1,
    day: 1,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    half: undefined,
    offsetSeconds: undefined,
    zoneName: '',
  };
  const rest = readPieces(readLayout(layout), text, fields);
  return rest === '' ? makeTime(fields) : undefined;
}

function readPieces(pieces: readonly LayoutPiece[], text: string, fields: Fields): string | undefined {
  let rest = text;
  for (const [index, piece] of pieces.entries()) {
    const length = piece.kind === 'text' ? readLiteral(piece.text, rest) : readElement(piece.element, rest, fields);
    if (length === undefined) return undefined;
    rest = rest.slice(length);
    if (piece.kind === 'element' && isSeconds(piece.element) && !isFraction(pieces[index + 1]))
      rest = rest.slice(readFraction(rest, fields));
  }
  return rest;
}

function isSeconds(element: string): boolean {
  return element === '05' || element === '5';
}

function isFraction(piece: LayoutPiece | undefined): boolean {
  return piece?.kind === 'element' && /^[.,]/.test(piece.element);
}

/** After seconds, a fraction may follow though the layout has none. */
function readFraction(text: string, fields: Fields): number {
  const match = /^[.,]([0-9]+)/.exec(text);
  if (!match) return 0;
  fields.nanosecond = Number((match[1] ?? '').slice(0, 9).padEnd(9, '0'));
  return match[0].length;
}

/** A space in the layout stands for any number of them. */
function readLiteral(expected: string, text: string): number | undefined {
  let position = 0;
  for (const character of expected) {
    if (character === ' ') {
      if (position < text.length && text[position] !== ' ') return undefined;
      while (text[position] === ' ') position++;
    } else if (text.startsWith(character, position)) position += character.length;
    else return undefined;
  }
  return position;
}

function readElement(element: string, text: string, fields: Fields): number | undefined {
  const reader = Object.hasOwn(readers, element) ? readers[element] : undefined;
  if (reader) return reader(text, fields);
  if (element.startsWith('.') || element.startsWith(',')) return readExactFraction(element, text, fields);
  return readOffset(element, text, fields);
}

type NumberField = 'year' | 'month' | 'day' | 'yearDay' | 'hour' | 'minute' | 'second';

interface Range {
  readonly field: NumberField;
  readonly digits: RegExp;
  readonly min: number;
  readonly max: number;
}

function number({ field, digits, min, max }: Range): Reader {
  return (text, fields) => {
    const found = digits.exec(text)?.[0];
    const value = Number(found);
    if (found === undefined || value < min || value > max) return undefined;
    fields[field] = value;
    return found.length;
  };
}

const two = /^[0-9]{2}/;
const oneOrTwo = /^[0-9]{1,2}/;
const spaced = /^ ?[0-9]{1,2}/;

function name(names: readonly string[], length: number | undefined, use: (fields: Fields, index: number) => void): Reader {
  return (text, fields) => {
    const start = text.slice(0, 12).toLowerCase();
    const index = names.findIndex((each) => start.startsWith(each.slice(0, length).toLowerCase()));
    if (index < 0) return undefined;
    use(fields, index);
    return (names[index] ?? '').slice(0, length).length;
  };
}

function setMonth(fields: Fields, index: number): void {
  fields.month = index + 1;
}

function ignore(): void {
  // Go does not compare the day of the week with the date.
}

const readers: Readonly<Record<string, Reader>> = {
  '2006': number({ field: 'year', digits: /^[0-9]{4}/, min: 0, max: 9999 }),
  '06': (text, fields) => {
    const found = two.exec(text)?.[0];
    if (found === undefined) return undefined;
    fields.year = Number(found) + (Number(found) >= 69 ? 1900 : 2000);
    return 2;
  },
  January: name(monthNames, undefined, setMonth),
  Jan: name(monthNames, 3, setMonth),
  '01': number({ field: 'month', digits: two, min: 1, max: 12 }),
  '1': number({ field: 'month', digits: oneOrTwo, min: 1, max: 12 }),
  Monday: name(dayNames, undefined, ignore),
  Mon: name(dayNames, 3, ignore),
  '02': number({ field: 'day', digits: two, min: 1, max: 31 }),
  _2: number({ field: 'day', digits: spaced, min: 1, max: 31 }),
  '2': number({ field: 'day', digits: oneOrTwo, min: 1, max: 31 }),
  '002': number({ field: 'yearDay', digits: /^[0-9]{3}/, min: 1, max: 366 }),
  __2: number({ field: 'yearDay', digits: /^ {0,2}[0-9]{1,3}/, min: 1, max: 366 }),
  '15': number({ field: 'hour', digits: oneOrTwo, min: 0, max: 23 }),
  '03': number({ field: 'hour', digits: two, min: 0, max: 12 }),
  '3': number({ field: 'hour', digits: oneOrTwo, min: 0, max: 12 }),
  '04': number({ field: 'minute', digits: two, min: 0, max: 59 }),
  '4': number({ field: 'minute', digits: oneOrTwo, min: 0, max: 59 }),
  '05': number({ field: 'second', digits: two, min: 0, max: 59 }),
  '5': number({ field: 'second', digits: oneOrTwo, min: 0, max: 59 }),
  PM: readHalf(/^[AP]M/),
  pm: readHalf(/^[ap]m/),
  MST: (text, fields) => {
    const found = /^(?:UTC|[A-Z]{3,5}|[+-][0-9]{2})/.exec(text)?.[0];
    if (found === undefined) return undefined;
    fields.zoneName = found;
    if (found === 'UTC') fields.offsetSeconds ??= 0;
    return found.length;
  },
};

function readHalf(form: RegExp): Reader {
  return (text, fields) => {
    const found = form.exec(text)?.[0].toLowerCase();
    if (found === undefined) return undefined;
    fields.half = found === 'pm' ? 'pm' : 'am';
    return 2;
  };
}

/** Zeros are so many digits; nines are as many as there are, or none. */
function readExactFraction(element: string, text: string, fields: Fields): number | undefined {
  const length = element.length - 1;
  const match = element.includes('9')
    ? /^(?:[.,]([0-9]{1,9}))?/.exec(text)
    : new RegExp(`^[.,]([0-9]{${Math.min(length, 9)}})(?![0-9])`).exec(text);
  if (!match) return undefined;
  fields.nanosecond = Number((match[1] ?? '').padEnd(9, '0'));
  return match[0].length;
}

function readOffset(element: string, text: string, fields: Fields): number | undefined {
  if (element.startsWith('Z') && text.startsWith('Z')) {
    fields.offsetSeconds = 0;
    return 1;
  }
  const form = element.slice(1).replace(/[0-9]{2}/g, '([0-9]{2})');
  const match = new RegExp(`^([+-])${form}`).exec(text);
  if (!match) return undefined;
  const [whole, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  fields.offsetSeconds = sign === '-' ? -size : size;
  return whole.length;
}

function makeTime(fields: Fields): GoTime | undefined {
  const { year, month, day, yearDay, minute, second, nanosecond } = fields;
  if (yearDay === undefined && day > daysInMonth(year, month)) return undefined;
  const days = yearDay === undefined ? daysOf(year, month, day) : daysOf(year, 1, 1) + yearDay - 1;
  const local = days * 86_400 + hourOf(fields) * 3600 + minute * 60 + second;
  const offset = fields.offsetSeconds;
  return { kind: 'time', seconds: local - (offset ?? 0), nanoseconds: nanosecond, zone: zoneOf(fields) };
}

/** An abbreviation without an offset says nothing of where it is: Go takes it for UTC by another name. */
function zoneOf({ offsetSeconds, zoneName }: Fields): string {
  if (zoneName === 'UTC') return 'UTC';
  if (offsetSeconds === undefined) return zoneName === '' ? 'UTC' : fixedZoneOf(0, zoneName);
  return offsetSeconds === 0 && zoneName === '' ? 'UTC' : fixedZoneOf(offsetSeconds, zoneName);
}

function hourOf({ hour, half }: Fields): number {
  if (half === 'pm' && hour < 12) return hour + 12;
  return half === 'am' && hour === 12 ? 0 : hour;
}

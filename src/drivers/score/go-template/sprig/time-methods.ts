import type { GoTime, Val } from '../values/value.ts';
import { makeInt64 } from '../values/value.ts';
import { textAt } from '../run/args.ts';
import { dayNames, momentOf, monthNames, type Moment } from './calendar.ts';
import { formatTime } from './print-time.ts';

interface TimeMethod {
  /** How many arguments it takes. */
  readonly count: number;
  readonly call: (time: GoTime, args: readonly Val[]) => Val;
}

function part(read: (moment: Moment) => Val): TimeMethod {
  return { count: 0, call: (time) => read(momentOf(time)) };
}

/** The methods of a time that templates use. */
export const timeMethods: Readonly<Record<string, TimeMethod>> = {
  Year: part(({ year }) => year),
  Month: part(({ month }) => monthNames[month - 1]),
  Day: part(({ day }) => day),
  Weekday: part(({ weekday }) => dayNames[weekday]),
  YearDay: part(({ yearDay }) => yearDay),
  Hour: part(({ hour }) => hour),
  Minute: part(({ minute }) => minute),
  Second: part(({ second }) => second),
  Nanosecond: part(({ nanosecond }) => nanosecond),
  Unix: { count: 0, call: ({ seconds }) => makeInt64(seconds) },
  UnixMilli: { count: 0, call: ({ seconds, nanoseconds }) => makeInt64(BigInt(seconds) * 1000n + BigInt(Math.floor(nanoseconds / 1e6))) },
  UnixNano: { count: 0, call: ({ seconds, nanoseconds }) => makeInt64(BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)) },
  UTC: { count: 0, call: (time) => ({ ...time, zone: 'UTC' }) },
  Format: { count: 1, call: (time, args) => formatTime(time, textAt(args, 0)) },
};

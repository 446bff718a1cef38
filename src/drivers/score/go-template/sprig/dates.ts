import { failCall, takes, textAt, timeAt, type FunctionEntry, type FunctionTable } from '../run/args.ts';
import { claim, type Run } from '../run/run.ts';
import { integerOf } from '../values/types.ts';
import type { GoTime, Val } from '../values/value.ts';
import { parseDuration, printDuration } from './duration.ts';
import { parseTime } from './parse-time.ts';
import { formatTime } from './print-time.ts';
import { knownZone } from './zones.ts';

const htmlLayout = '2006-01-02';

/** Dates and times. What is local to a machine is UTC here, and `now` is the time that the caller says. */
export const dateFunctions: FunctionTable = {
  now: takes(0, (_args, run) => nowOf(run)),
  date: takes(2, (args, run) => format(args[1], { layout: textAt(args, 0), zone: 'UTC', run })),
  ...twoNames(
    ['dateInZone', 'date_in_zone'],
    takes(3, (args, run) => format(args[1], { layout: textAt(args, 0), zone: textAt(args, 2), run })),
  ),
  htmlDate: takes(1, (args, run) => format(args[0], { layout: htmlLayout, zone: 'UTC', run })),
  htmlDateInZone: takes(2, (args, run) => format(args[0], { layout: htmlLayout, zone: textAt(args, 1), run })),
  ...twoNames(
    ['dateModify', 'date_modify'],
    takes(2, (args) => shift(timeAt(args, 1), parseDuration(textAt(args, 0)) ?? 0n)),
  ),
  ...twoNames(['mustDateModify', 'must_date_modify'], takes(2, mustShift)),
  toDate: takes(2, (args) => parseTime(textAt(args, 0), textAt(args, 1)) ?? zeroTime),
  mustToDate: takes(2, mustParse),
  unixEpoch: takes(1, (args) => String(timeAt(args, 0).seconds)),
  ago: takes(1, ([value], run) => printDuration(roundToSeconds(since(timeOf(value, run), run)))),
  duration: takes(1, ([value]) => printDuration(BigInt.asIntN(64, secondsOf(value) * second))),
  durationRound: takes(1, ([value], run) => roundDuration(durationOf(value, run))),
};

function twoNames([first, second]: readonly [string, string], entry: FunctionEntry): FunctionTable {
  return { [first]: entry, [second]: entry };
}

const second = 1_000_000_000n;

/** The first of January of the year 1, which Go has where no time is known. */
const zeroTime: GoTime = { kind: 'time', seconds: -62_135_596_800, nanoseconds: 0, zone: 'UTC' };

function nowOf({ surroundings }: Run): GoTime {
  return parseTime('2006-01-02T15:04:05Z07:00', surroundings.now) ?? zeroTime;
}

interface Format {
  readonly layout: string;
  readonly zone: string;
  readonly run: Run;
}

function format(value: Val, { layout, zone, run }: Format): string {
  claim(run, layout.length * 9);
  return formatTime({ ...timeOf(value, run), zone: knownZone(zone) }, layout);
}

/** A time, or the seconds since 1970; anything else is now, as in Sprig. */
function timeOf(value: Val, run: Run): GoTime {
  if (typeof value === 'object' && value !== null && value.kind === 'time') return value;
  const seconds = integerOf(value);
  return seconds === undefined ? nowOf(run) : { kind: 'time', seconds: Number(seconds), nanoseconds: 0, zone: 'UTC' };
}

function nanosecondsOf({ seconds, nanoseconds }: GoTime): bigint {
  return BigInt(seconds) * second + BigInt(nanoseconds);
}

function shift(time: GoTime, nanoseconds: bigint): GoTime {
  const total = nanosecondsOf(time) + nanoseconds;
  const rest = ((total % second) + second) % second;
  return { ...time, seconds: Number((total - rest) / second), nanoseconds: Number(rest) };
}

function mustShift(args: readonly Val[], run: Run): GoTime {
  const text = textAt(args, 0);
  return shift(timeAt(args, 1), parseDuration(text) ?? failCall(run, 'time: invalid duration'));
}

function mustParse(args: readonly Val[], run: Run): GoTime {
  const [layout, text] = [textAt(args, 0), textAt(args, 1)];
  return parseTime(layout, text) ?? failCall(run, 'the text does not fit the layout');
}

function since(time: GoTime, run: Run): bigint {
  return nanosecondsOf(nowOf(run)) - nanosecondsOf(time);
}

function roundToSeconds(nanoseconds: bigint): bigint {
  const half = nanoseconds < 0n ? -second / 2n : second / 2n;
  return ((nanoseconds + half) / second) * second;
}

/** Sprig counts texts and int64, and nothing else. */
function secondsOf(value: Val): bigint {
  if (typeof value === 'string') return /^[+-]?[0-9]{1,18}$/.test(value) ? BigInt(value.replace(/^\+/, '')) : 0n;
  return typeof value === 'object' ? BigInt(integerOf(value) ?? 0) : 0n;
}

function durationOf(value: Val, run: Run): bigint {
  if (typeof value === 'string') return parseDuration(value) ?? 0n;
  if (typeof value !== 'object' || value === null) return 0n;
  return value.kind === 'time' ? since(value, run) : BigInt(integerOf(value) ?? 0);
}

const hour = 3600n * second;
const roundUnits: readonly (readonly [string, bigint])[] = [
  ['y', hour * 24n * 365n],
  ['mo', hour * 24n * 30n],
  ['d', hour * 24n],
  ['h', hour],
  ['m', 60n * second],
  ['s', second],
];

/** In the largest unit of which it is more than one. */
function roundDuration(nanoseconds: bigint): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const unit = roundUnits.find(([, length]) => size > length);
  return unit ? `${size / unit[1]}${unit[0]}` : '0s';
}

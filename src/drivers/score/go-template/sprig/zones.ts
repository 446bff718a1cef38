/** What a zone is at some time. */
export interface ZoneOffset {
  readonly offsetSeconds: number;
  /** Its abbreviation, such as `EST`; the offset where it has none. */
  readonly name: string;
}

const utc: ZoneOffset = { offsetSeconds: 0, name: 'UTC' };

/** The offset that a layout read is kept as `+hhmmss`, with the name that stood beside it. */
const fixedZone = /^([+-])([0-9]{2})([0-9]{2})([0-9]{2}) ?(.*)$/;

/** The offset of a zone at a time: an IANA name, `UTC`, `Local` (which is UTC here), or a fixed offset. */
export function zoneAt(zone: string, seconds: number): ZoneOffset {
  if (isUtc(zone)) return utc;
  const fixed = fixedZone.exec(zone);
  if (fixed) return readFixed(fixed);
  const formats = formatsOf(zone);
  if (!formats) return utc;
  const time = seconds * 1000;
  const offsetSeconds = readOffset(partOf(formats.offset, time));
  const short = partOf(formats.name, time);
  return { offsetSeconds, name: /^[A-Z]{2,5}$/.test(short) ? short : shortOffset(offsetSeconds) };
}

function isUtc(zone: string): boolean {
  return zone === '' || zone === 'UTC' || zone === 'Local';
}

/** Says whether a zone is known; what is not is UTC. */
export function knownZone(zone: string): string {
  return isUtc(zone) || !formatsOf(zone) ? 'UTC' : zone;
}

export function fixedZoneOf(offsetSeconds: number, name: string): string {
  const size = Math.abs(offsetSeconds);
  const digits = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60].map((part) => String(part).padStart(2, '0')).join('');
  return `${offsetSeconds < 0 ? '-' : '+'}${digits} ${name}`.trimEnd();
}

function readFixed([, sign, hours, minutes, seconds, name = '']: RegExpExecArray): ZoneOffset {
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return { offsetSeconds: sign === '-' ? -size : size, name };
}

interface ZoneFormats {
  readonly offset: Intl.DateTimeFormat;
  readonly name: Intl.DateTimeFormat;
}

const cachedMax = 600;
const cache = new Map<string, ZoneFormats | undefined>();

function formatsOf(zone: string): ZoneFormats | undefined {
  if (!cache.has(zone)) {
    if (cache.size >= cachedMax) cache.clear();
    cache.set(zone, makeFormats(zone));
  }
  return cache.get(zone);
}

function makeFormats(timeZone: string): ZoneFormats | undefined {
  // Offsets are no names of zones in Go.
  if (!/^[A-Za-z]/.test(timeZone)) return undefined;
  try {
    return {
      offset: new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }),
      name: new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' }),
    };
  } catch {
    return undefined;
  }
}

const timeMax = 8.64e15;

function partOf(format: Intl.DateTimeFormat, time: number): string {
  const within = Math.max(-timeMax, Math.min(timeMax, time));
  return format.formatToParts(within).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function readOffset(text: string): number {
  const match = /([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?/.exec(text);
  if (!match) return 0;
  const [, sign, hours, minutes, seconds = '0'] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}

function shortOffset(offsetSeconds: number): string {
  const size = Math.abs(offsetSeconds);
  const minutes = Math.floor(size / 60) % 60;
  return `${offsetSeconds < 0 ? '-' : '+'}${String(Math.floor(size / 3600)).padStart(2, '0')}${minutes === 0 ? '' : String(minutes).padStart(2, '0')}`;
}

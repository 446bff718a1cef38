/** `2026-01-31T10:00:00.123Z` as `2026-01-31 10:00:00Z`. */
export function showTime(time: string): string {
  return time.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

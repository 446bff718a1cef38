import type { LogLine } from '../../../core/index.ts';
import type { LogSource } from './log-sources.ts';

/** `2026-01-02T03:04:05.678901234Z text`. */
const stamped = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)) ?(.*)$/su;

/** Lines of a container with the time at which they were written. */
export async function* readLogLines(lines: AsyncIterable<string>, { pod, container }: LogSource): AsyncIterable<LogLine> {
  for await (const line of lines) {
    const [, at, text] = stamped.exec(line) ?? [];
    yield { instance: pod.name, container, ...(at === undefined ? { text: line } : { at, text: text ?? '' }) };
  }
}

import { nameNode } from './name-node.ts';
import { compareText, diagnose, settle, type LogLine, type LogQuery, type Outcome, type RuntimeRequest } from '../../../core/index.ts';
import type { Waiting } from '../await-ready.ts';
import { mapAtOnce } from '../at-once.ts';
import type { Cluster } from '../cluster.ts';
import { createHider } from '../hide-secrets.ts';
import { describeRefusal } from '../refusals.ts';
import type { Streamed } from '../streams.ts';
import { followLogs } from './follow-logs.ts';
import { findLogSources, type LogSource } from './log-sources.ts';
import { mergeInOrder } from './merge-streams.ts';
import { readLogLines } from './read-log-lines.ts';

/** More are not read at once: each is a connection. */
const sourcesMax = 100;
const opensAtOnce = 8;

/**
 * What the containers of a node have written, sorted by time; where it is followed, what they write, as it comes.
 * Rule: the environment's secrets are taken out of every line.
 * Reports: T6204, T6231, T6232.
 */
export async function readLogs(
  cluster: Cluster,
  request: RuntimeRequest,
  query: LogQuery,
  waiting: Waiting,
): Promise<Outcome<AsyncIterable<LogLine>>> {
  const found = await findLogSources(cluster, request, query);
  if (!found.value) return { diagnostics: found.diagnostics };
  const bodies = Object.values(request.inventory).map(({ body }) => body);
  const hide = await createHider(bodies, request.reveal);
  if (query.isFollowed) return { value: hideLines(followLogs(cluster, request, query, waiting), hide), diagnostics: found.diagnostics };
  const sources = found.value.filter((source) => source.hasBegun).slice(-sourcesMax);
  if (sources.length === 0)
    return { diagnostics: [diagnose('T6231', { detail: `No container of ${nameNode(query.node)} has begun yet.` })] };
  const opened = await mapAtOnce(sources, opensAtOnce, (source) => openSource(cluster, { source, query }, request.signal));
  const diagnostics = opened.flatMap((each) => each.diagnostics);
  const streams = opened.flatMap(({ value }) => value ?? []);
  if (streams.length === 0 && diagnostics.length === 0) {
    return {
      diagnostics: [
        diagnose('T6231', { detail: `No container of ${nameNode(query.node)} has run before, so there is no earlier run to show.` }),
      ],
    };
  }
  const merged = mergeInOrder(streams, (left, right) => compareText(left.at ?? '', right.at ?? ''));
  return settle(hideLines(merged, hide), [...found.diagnostics, ...diagnostics]);
}

interface Opening {
  readonly source: LogSource;
  readonly query: LogQuery;
}

/** A container without an earlier run has none to show: no problem of the others. */
async function openSource(
  cluster: Cluster,
  { source, query }: Opening,
  signal: AbortSignal,
): Promise<Outcome<AsyncIterable<LogLine> | undefined>> {
  const opened: Streamed<string> = await cluster.logs(source.pod, { ...query, container: source.container }, signal);
  if (opened.kind === 'items') return { value: readLogLines(opened.items, source), diagnostics: [] };
  const isAbsent = opened.refusal.status === 400 || opened.refusal.status === 404;
  return isAbsent ? { value: undefined, diagnostics: [] } : { diagnostics: [describeRefusal(source.pod, opened.refusal)] };
}

async function* hideLines(lines: AsyncIterable<LogLine>, hide: (text: string) => string): AsyncIterable<LogLine> {
  for await (const line of lines) yield { ...line, text: hide(line.text) };
}

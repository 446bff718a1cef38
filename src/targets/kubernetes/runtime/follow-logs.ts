import type { LogLine, LogQuery, RuntimeRequest } from '../../../core/index.ts';
import type { Waiting } from '../await-ready.ts';
import type { Cluster } from '../cluster.ts';
import { judgeReadiness } from '../readiness/judge-readiness.ts';
import { addressOf } from '../addresses.ts';
import { findLogSources, type LogSource } from './log-sources.ts';
import { createConfluence, type Confluence } from './merge-streams.ts';
import { listMakers } from './pods.ts';
import { readLogLines } from './read-log-lines.ts';

/** How often it is looked for containers that are new, or run again. */
const lookMs = 1000;
/** What a container wrote before a connection broke is not shown twice: it is asked for from a little earlier on, and left out. */
const overlapSeconds = 5;

/** What is known of the containers that are followed. */
interface Following {
  readonly cluster: Cluster;
  readonly request: RuntimeRequest;
  readonly query: LogQuery;
  readonly waiting: Waiting;
  readonly confluence: Confluence<LogLine>;
  /** The time of the last line of each run of a container; empty before the first. */
  readonly lastAt: Map<string, string>;
  readonly open: Set<string>;
}

/**
 * What the containers of a node write, as it comes: of those that are there, and of those that come.
 * Rule: ends when the jobs that are followed have ended, or when the request is aborted.
 */
export async function* followLogs(cluster: Cluster, request: RuntimeRequest, query: LogQuery, waiting: Waiting): AsyncIterable<LogLine> {
  const over = new AbortController();
  const signal = AbortSignal.any([request.signal, over.signal]);
  const confluence = createConfluence<LogLine>();
  const following: Following = {
    cluster,
    request: { ...request, signal },
    query,
    waiting,
    confluence,
    lastAt: new Map(),
    open: new Set(),
  };
  const looking = keepLooking(following);
  try {
    yield* confluence.items;
  } finally {
    over.abort();
    confluence.end();
    await looking;
  }
}

async function keepLooking(following: Following): Promise<void> {
  const { request, waiting, confluence, open } = following;
  try {
    for (let isFirst = true; ; isFirst = false) {
      const hasEnded = await haveRunsEnded(following);
      const found = await findLogSources(following.cluster, request, following.query);
      for (const source of found.value ?? []) await takeUp(following, source, isFirst);
      if (hasEnded && open.size === 0) break;
      await waiting.sleep(lookMs, request.signal);
    }
  } catch {
    // Aborted.
  }
  confluence.end();
}

async function takeUp(following: Following, source: LogSource, isFirst: boolean): Promise<void> {
  const { cluster, request, query, confluence, lastAt, open } = following;
  const isKnown = lastAt.has(source.id);
  if (!source.hasBegun || open.has(source.id) || (isKnown && !source.isRunning)) return;
  const { lines, sinceSeconds, ...rest } = query;
  const from = isKnown
    ? { sinceSeconds: secondsSince(lastAt.get(source.id) ?? '', following) }
    : isFirst
      ? pick({ lines, sinceSeconds })
      : {};
  const opened = await cluster.logs(source.pod, { ...rest, ...from, container: source.container, isFollowed: true }, request.signal);
  if (opened.kind === 'refused') return;
  open.add(source.id);
  if (!isKnown) lastAt.set(source.id, '');
  confluence.add(note(readLogLines(opened.items, source), source.id, following));
}

function pick({ lines, sinceSeconds }: { readonly lines: number | undefined; readonly sinceSeconds: number | undefined }) {
  return { ...(lines !== undefined && { lines }), ...(sinceSeconds !== undefined && { sinceSeconds }) };
}

function secondsSince(at: string, { waiting }: Following): number {
  const passed = at === '' ? 0 : Math.max(0, Date.parse(waiting.now()) - Date.parse(at));
  return Math.ceil(passed / 1000) + overlapSeconds;
}

async function* note(lines: AsyncIterable<LogLine>, id: string, { lastAt, open }: Following): AsyncIterable<LogLine> {
  const shown = lastAt.get(id) ?? '';
  try {
    for await (const line of lines) {
      if (line.at !== undefined && line.at <= shown) continue;
      if (line.at !== undefined) lastAt.set(id, line.at);
      yield line;
    }
  } finally {
    open.delete(id);
  }
}

/** Whether everything that is followed is a job, and has ended. */
async function haveRunsEnded({ cluster, request, query }: Following): Promise<boolean> {
  const makers = listMakers(request, query.node).map(({ key, body }) => addressOf(key, body));
  const [first] = makers;
  const ofRun = query.run !== undefined && first ? [{ ...first, apiVersion: 'batch/v1', kind: 'Job', name: query.run }] : undefined;
  const jobs = ofRun ?? makers;
  if (jobs.some(({ kind }) => kind !== 'Job')) return false;
  for (const job of jobs) {
    const found = await cluster.get(job, request.signal);
    if (found.kind === 'ok' && judgeReadiness(found.live, { now: '' }).kind === 'progressing') return false;
  }
  return true;
}

import type { RuntimeRequest } from '../../../core/index.ts';
import type { Waiting } from '../await-ready.ts';
import { addressOf } from '../addresses.ts';
import type { Address, Cluster } from '../cluster.ts';
import { setLabelOf } from '../mark.ts';
import type { WatchEvent } from '../streams.ts';
import { createConfluence, type Confluence } from './merge-streams.ts';

/** Before a watch that was refused or broke is begun anew. */
const pauseMs = { first: 500, factor: 2, last: 30_000 } as const;

type Kind = Omit<Address, 'name'>;

/**
 * Gives a sign whenever an object of an environment changes: one watch for each kind and namespace.
 * Rule: what changes while a watch is begun anew is told by the new one, since each begins with what is there.
 */
export async function* watchChanges(cluster: Cluster, request: RuntimeRequest, waiting: Waiting): AsyncIterable<'changed'> {
  const over = new AbortController();
  const signal = AbortSignal.any([request.signal, over.signal]);
  const confluence = createConfluence<'changed'>();
  const end = (): void => confluence.end();
  signal.addEventListener('abort', end, { once: true });
  for (const kind of listKinds(request)) confluence.add(keepWatching({ cluster, request, kind, confluence }, waiting, signal));
  try {
    yield* confluence.items;
  } finally {
    over.abort();
  }
}

function listKinds({ inventory }: RuntimeRequest): readonly Kind[] {
  const kinds = Object.values(inventory).map(({ key, body }) => {
    const { name: _, ...kind } = addressOf(key, body);
    return kind;
  });
  return [...new Map(kinds.map((kind) => [JSON.stringify(kind), kind])).values()];
}

interface Watching {
  readonly cluster: Cluster;
  readonly request: RuntimeRequest;
  readonly kind: Kind;
  readonly confluence: Confluence<'changed'>;
}

async function readEvents(
  cluster: Cluster,
  { kind, request }: Pick<Watching, 'kind' | 'request'>,
  signal: AbortSignal,
): Promise<AsyncIterable<WatchEvent>> {
  const opened = await cluster.watch(kind, setLabelOf(request.context), signal);
  if (opened.kind === 'items') return opened.items;
  throw new Error(opened.refusal.message);
}

async function* keepWatching({ cluster, request, kind }: Watching, { sleep }: Waiting, signal: AbortSignal): AsyncIterable<'changed'> {
  let pause: number = pauseMs.first;
  while (!signal.aborted) {
    try {
      for await (const _ of await readEvents(cluster, { kind, request }, signal)) {
        pause = pauseMs.first;
        yield 'changed';
      }
    } catch {
      // Refused, broken or aborted: the loop says which.
    }
    if (signal.aborted) return;
    await sleep(pause, signal).catch(() => undefined);
    pause = Math.min(pauseMs.last, pause * pauseMs.factor);
  }
}

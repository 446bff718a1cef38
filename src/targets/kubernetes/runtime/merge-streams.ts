/** Gives what several ended streams hold, in the order of their items; each must be in order itself. */
export async function* mergeInOrder<T>(streams: readonly AsyncIterable<T>[], compare: (left: T, right: T) => number): AsyncIterable<T> {
  const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (;;) {
      const first = findFirst(heads, compare);
      if (first === undefined) return;
      yield first.value;
      heads[first.index] = (await iterators[first.index]?.next()) ?? { done: true, value: undefined };
    }
  } finally {
    await Promise.all(iterators.map(async (iterator) => iterator.return?.()));
  }
}

function findFirst<T>(
  heads: readonly IteratorResult<T, unknown>[],
  compare: (left: T, right: T) => number,
): { readonly index: number; readonly value: T } | undefined {
  let first: { readonly index: number; readonly value: T } | undefined;
  for (const [index, head] of heads.entries()) {
    if (head.done === true) continue;
    if (first === undefined || compare(head.value, first.value) < 0) first = { index, value: head.value };
  }
  return first;
}

/** Items of streams that come and go, as they come. */
export interface Confluence<T> {
  /** Takes a stream up; nobody waits for its end, and its failure ends it alone. */
  add(stream: AsyncIterable<T>): void;
  /** How many streams have not ended. */
  readonly count: number;
  /** Ends when `end` was called. */
  readonly items: AsyncIterable<T>;
  end(): void;
}

/** What waits to be read stops the streams that it came from. */
const waitingMax = 1000;

export function createConfluence<T>(): Confluence<T> {
  const waiting: T[] = [];
  let isEnded = false;
  let count = 0;
  let wakeReader: (() => void) | undefined;
  let wakeWriters: (() => void)[] = [];
  const isFull = (): boolean => waiting.length >= waitingMax && !isEnded;
  const add = async (stream: AsyncIterable<T>): Promise<void> => {
    count += 1;
    try {
      for await (const item of stream) {
        waiting.push(item);
        wakeReader?.();
        while (isFull()) await new Promise<void>((wake) => wakeWriters.push(wake));
        if (isEnded) return;
      }
    } catch {
      // The container is gone, or the connection: whoever gathers looks again.
    } finally {
      count -= 1;
    }
  };
  async function* read(): AsyncIterable<T> {
    for (;;) {
      yield* waiting.splice(0);
      for (const wake of wakeWriters.splice(0)) wake();
      if (waiting.length > 0) continue;
      if (isEnded) return;
      await new Promise<void>((wake) => (wakeReader = wake));
    }
  }
  return {
    add: (stream) => void add(stream),
    get count() {
      return count;
    },
    items: read(),
    end: () => {
      isEnded = true;
      wakeReader?.();
      for (const wake of wakeWriters) wake();
      wakeWriters = [];
    },
  };
}

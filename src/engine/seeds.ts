import {
  currentAlgorithm,
  generateValue,
  invariant,
  isSecretSpecification,
  type Generate,
  type GenerateRequest,
  type Secret,
  type SeedRecord,
  type Uid,
} from '../core/index.ts';

export interface SeedBook {
  /** Answers `generate` entries, from kept seeds first. */
  readonly generate: Generate;
  /** The seeds that were made since, to be reserved in the store before anything is carried out. */
  added(): readonly SeedRecord[];
  /** The value behind a generated secret. */
  reveal(uid: Uid, name: string): string | undefined;
  /** The seed itself, hex, for a driver that draws from it. */
  seedOf(uid: Uid, name: string): string;
  /** Keeps a text that was made elsewhere; the same text of the same resource is kept once. */
  seal(uid: Uid, text: string): Secret;
  /** The value kept under a name; the given one where there is none yet. */
  keep(uid: Uid, name: string, make: () => string): string;
}

export interface SeedSource {
  readonly kept: readonly SeedRecord[];
  /** Hex, 32 bytes: random where there is a store, derived where there is none. */
  readonly newSeed: (identity: readonly string[]) => string;
  /** What identifies the environment: part of every derived seed. */
  readonly identity: readonly string[];
  /** Keyed hash of a value. */
  readonly hash: (value: string) => string;
}

/**
 * Keeps the seeds of one environment while it is planned.
 * Rule: a kept seed answers with the specification and algorithm that it was kept with, whatever the definition says
 * now; so an edited specification changes nothing until the value is rotated.
 */
export function openSeedBook(source: SeedSource): SeedBook {
  const seeds = new Map(source.kept.map((seed) => [keyOf(seed.uid, seed.name), seed]));
  const added: SeedRecord[] = [];
  const answers = new Map<string, ReturnType<Generate>>();

  const seedFor = (request: GenerateRequest): SeedRecord => {
    const key = keyOf(request.uid, request.name);
    const kept = seeds.get(key);
    if (kept) return kept;
    const seed: SeedRecord = {
      uid: request.uid,
      name: request.name,
      seed: source.newSeed([...source.identity, request.uid, request.name]),
      specification: request.specification,
      algorithm: currentAlgorithm,
    };
    seeds.set(key, seed);
    added.push(seed);
    return seed;
  };

  const generate: Generate = (request) => {
    const key = keyOf(request.uid, request.name);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = answerOf(seedFor(request), source.hash);
    answers.set(key, answer);
    return answer;
  };

  const keepLiteral = (uid: Uid, name: string, literal: Literal): SeedRecord => {
    const key = keyOf(uid, name);
    const kept = seeds.get(key) ?? makeLiteral(uid, name, literal);
    if (!seeds.has(key)) added.push(kept);
    seeds.set(key, kept);
    return kept;
  };

  return {
    generate,
    seedOf: (uid, name) => seedFor({ uid, name, specification: { kind: 'seed' } }).seed,
    seal: (uid, text) => {
      const hash = source.hash(text);
      const name = `sealed-${hash.slice(0, 32)}`;
      keepLiteral(uid, name, { text, isSecret: true });
      return { $tutti: 'secret', ref: { kind: 'generated', uid, name }, hash };
    },
    keep: (uid, name, make) => textOf(seeds.get(keyOf(uid, name)) ?? keepLiteral(uid, name, { text: make(), isSecret: false })),
    added: () => added,
    reveal: (uid, name) => {
      const seed = seeds.get(keyOf(uid, name));
      return seed && textOf(seed);
    },
  };
}

interface Literal {
  readonly text: string;
  readonly isSecret: boolean;
}

const literalKind = 'literal';

/** A value that was not drawn but given: kept where seeds are, encrypted as they are. */
export function makeLiteral(uid: Uid, name: string, { text, isSecret }: Literal): SeedRecord {
  const seed = Buffer.from(text, 'utf8').toString('hex');
  return { uid, name, seed, specification: { kind: literalKind, secret: isSecret }, algorithm: currentAlgorithm };
}

function answerOf(seed: SeedRecord, hash: SeedSource['hash']): ReturnType<Generate> {
  if (!isSecretSpecification(seed.specification)) return valueOf(seed);
  const ref = { kind: 'generated', uid: seed.uid, name: seed.name } as const;
  return { $tutti: 'secret', ref, hash: hash(textOf(seed)) };
}

function valueOf(seed: SeedRecord) {
  if (seed.specification['kind'] === literalKind) return Buffer.from(seed.seed, 'hex').toString('utf8');
  const { value, diagnostics } = generateValue(seed.seed, seed.specification, seed.algorithm);
  invariant(value !== undefined, `a checked specification generates: ${diagnostics[0]?.detail}`);
  return value;
}

function textOf(seed: SeedRecord): string {
  const value = valueOf(seed);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function keyOf(uid: Uid, name: string): string {
  return `${uid}\n${name}`;
}

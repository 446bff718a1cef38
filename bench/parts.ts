import { createHmac } from 'node:crypto';
import { createScoreDriver } from '../src/drivers/score/index.ts';
import { staticDriver } from '../src/drivers/static/index.ts';
import { templateDriver } from '../src/drivers/template/index.ts';
import { directoryTarget } from '../src/targets/directory/index.ts';
import { gitTarget } from '../src/targets/git/index.ts';

/** What the engine is given: the drivers and targets of the product. */
export const drivers = {
  score: async () => createScoreDriver({ kind: 'refused', cure: '' }),
  static: async () => staticDriver,
  template: async () => templateDriver,
};

export const targets = { directory: async () => directoryTarget, git: async () => gitTarget };

export const seeds = {
  newSeed: (identity: readonly string[]) => hmac('seed', identity.join('\n')),
  hash: (text: string) => hmac('hash', text),
};

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

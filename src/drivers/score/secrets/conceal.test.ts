import { describe, expect, it } from 'vitest';
import type { Secret } from '../../../core/index.ts';
import { makeResource, makeSecret } from '../../../testing/index.ts';
import { conceal, concealNamed, concealSecretObject, concealText, type Concealment } from './conceal.ts';
import { openTokenBook, hideMarks } from './tokens.ts';

const seal = (text: string): Secret => makeSecret(`sealed ${text}`);
const long = 'correct-horse-battery';

function by(parts: Partial<Concealment> = {}): Concealment {
  return { texts: new Set([long]), tokens: openTokenBook(), seal, references: new Map(), ...parts };
}

describe('secret texts', () => {
  it('are taken out of a text wherever they stand, again and again', () => {
    expect(concealText(`a ${long} b ${long}`, by())).toEqual({
      $tutti: 'secretText',
      parts: ['a ', seal(long), ' b ', seal(long)],
    });
  });

  it('are one secret where they are all of the text', () => {
    expect(concealText(long, by())).toEqual(seal(long));
  });

  it('are found at any depth, and what has none stays as it is', () => {
    expect(conceal({ a: [{ b: long }], c: 'plain', d: 1, e: null }, by())).toEqual({ a: [{ b: seal(long) }], c: 'plain', d: 1, e: null });
  });

  it('are found longest first', () => {
    const texts = new Set(['correct-horse', long]);
    expect(concealText(long, by({ texts }))).toEqual(seal(long));
  });
});

describe('what a key calls secret', () => {
  it('is sealed as a whole', () => {
    expect(concealNamed({ password: 'short', host: 'short' }, by())).toEqual({ password: seal('short'), host: 'short' });
  });

  it('is not what only names a secret', () => {
    const plain = { secretName: 'pg', access_key_id: 'AK', tokenPath: '/x', empty: '', password: '' };
    expect(concealNamed(plain, by())).toEqual(plain);
  });
});

describe('secrets that came in', () => {
  it('come back out of the text that stood for them', () => {
    const tokens = openTokenBook();
    const secret = makeSecret('db');
    const shown = hideMarks({ url: secret, list: [secret, 'x'] }, tokens);
    expect(JSON.stringify(shown)).not.toContain('db');
    expect(conceal(shown ?? null, by({ tokens }))).toEqual({ url: secret, list: [secret, 'x'] });
  });

  it('hide nothing that is not known yet', () => {
    const unknown = { $tutti: 'unknown', uid: makeResource().uid, path: '' } as const;
    expect(hideMarks({ a: unknown }, openTokenBook())).toBeUndefined();
  });
});

describe('references to Secrets', () => {
  it('are the value where the Secret is among the manifests', () => {
    const references = new Map([['pg/password', seal('pw')]]);
    expect(concealText('pw=🔐💬pg_password💬🔐', by({ references }))).toEqual({ $tutti: 'secretText', parts: ['pw=', seal('pw')] });
  });

  it('are references where it is not', () => {
    expect(concealText('🔐💬mysecret_my_key💬🔐', by())).toMatchObject({ ref: { kind: 'object', name: 'mysecret', key: 'my_key' } });
  });
});

describe('a Secret', () => {
  it('keeps no value in plain text', () => {
    const encoded = Buffer.from(`requirepass ${long}`).toString('base64');
    const secret = concealSecretObject(
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, data: { conf: encoded, other: 'aGk=' }, stringData: { plain: 'text' } },
      by(),
    );
    expect(secret).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'x' },
      data: {
        conf: { $tutti: 'secretText', parts: [{ $tutti: 'secretText', parts: ['requirepass ', seal(long)] }], encoding: 'base64' },
        other: { $tutti: 'secretText', parts: [seal('hi')], encoding: 'base64' },
      },
      stringData: { plain: seal('text') },
    });
  });
});

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openapiDocument, operations } from './index.ts';

const golden = new URL('../../test/openapi.json', import.meta.url);

test('the OpenAPI document is the one that was last agreed on (npm run openapi writes it)', async () => {
  const kept: unknown = JSON.parse(await readFile(golden, 'utf8'));
  expect(openapiDocument('0.0.0')).toEqual(kept);
});

test('every operation is in the document, and every reference leads somewhere', () => {
  const text = JSON.stringify(openapiDocument('0.0.0'));
  for (const id of Object.keys(operations)) expect(text).toContain(`"operationId":"${id}"`);
  const document: { components: { schemas: Record<string, unknown> } } = JSON.parse(text);
  for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
    expect(Object.hasOwn(document.components.schemas, name), name).toBe(true);
  expect(text).not.toContain('#/$defs/');
});

test('no operation is open without a token', () => {
  const document: { security: unknown } = JSON.parse(JSON.stringify(openapiDocument('0.0.0')));
  expect(document.security).toEqual([{ token: [] }]);
});

import { describe, expect, it, test } from 'vitest';
import { describeDriver, makeDriverRequest, makeSecret } from '../../testing/index.ts';
import { templateDriver } from './index.ts';

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'pg' } };
const inputs = [{}, { outputs: { host: 'pg' } }, { outputs: { host: 'pg', port: 5432 }, manifests: [service] }];

describeDriver('template', { describe, it, expect }, () =>
  Promise.resolve({
    driver: templateDriver,
    inputs,
    badInputs: [{ manifest: [] }, { manifests: 'text' }, { manifests: ['text'] }, { outputs: [] }, { notices: 'text' }, { problems: [1] }],
  }),
);

test('outputs and manifests are handed on as they are, secrets included', async () => {
  const outputs = { host: 'pg', password: makeSecret('password') };
  const manifests = [service, { kind: 'Secret', stringData: { password: makeSecret('password') } }];
  expect(await templateDriver.provision(makeDriverRequest({ inputs: { outputs, manifests } }))).toEqual({
    value: { outputs, manifests, state: {} },
    diagnostics: [],
  });
});

test('every problem of the evaluated inputs is reported', async () => {
  const { value, diagnostics } = await templateDriver.preview(
    makeDriverRequest({ inputs: { outputs: 1, manifests: [service, 'x', null] } }),
  );
  expect(value).toBeUndefined();
  expect(diagnostics.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
    'T5001 The definition of "postgres.default#web.db" states outputs that are no map of names to values.',
    'T5002 The definition of "postgres.default#web.db" states manifest number 2, which is no map.',
    'T5002 The definition of "postgres.default#web.db" states manifest number 3, which is no map.',
  ]);
});

test('manifests that are no list are an error', async () => {
  const { diagnostics } = await templateDriver.preview(makeDriverRequest({ inputs: { manifests: service } }));
  expect(diagnostics.map(({ detail }) => detail)).toEqual([
    'The definition of "postgres.default#web.db" states manifests that are no list.',
  ]);
});

test('what the definition has to say becomes warnings, and what speaks against the need errors', async () => {
  const { value, diagnostics } = await templateDriver.preview(
    makeDriverRequest({ inputs: { notices: ['There is no size here.'], problems: ['There is no port "web".'] } }),
  );
  expect(value).toBeUndefined();
  expect(diagnostics.map(({ code, severity, detail }) => `${code} ${severity} ${detail}`)).toEqual([
    'T5005 warning postgres.default#web.db: There is no size here.',
    'T5006 error postgres.default#web.db: There is no port "web".',
  ]);
});

test('what is to be said is a list of texts', async () => {
  const { diagnostics } = await templateDriver.preview(makeDriverRequest({ inputs: { notices: 'text', problems: ['text', 1] } }));
  expect(diagnostics.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
    'T5007 The definition of "postgres.default#web.db" states `notices` that are no list of texts.',
    'T5007 The definition of "postgres.default#web.db" states `problems` that are no list of texts.',
  ]);
});

import { describe, expect, it, test } from 'vitest';
import { describeDriver, makeDriverRequest, makeSecret } from '../../testing/index.ts';
import { staticDriver } from './index.ts';

const inputs = [{ outputs: {} }, { outputs: { host: 'db.example.com', port: 5432, options: { ssl: true } } }];

describeDriver('static', { describe, it, expect }, () =>
  Promise.resolve({
    driver: staticDriver,
    inputs,
    badInputs: [{}, { outputs: 'text' }, { outputs: {}, output: {} }, { outputs: {}, manifests: [] }],
  }),
);

test('outputs are handed on as they are, secrets included', async () => {
  const outputs = { host: 'db', password: makeSecret('password') };
  expect(await staticDriver.provision(makeDriverRequest({ inputs: { outputs } }))).toEqual({
    value: { outputs, manifests: [], state: {} },
    diagnostics: [],
  });
});

test('outputs that are no map after evaluation are an error that names the resource', async () => {
  const { value, diagnostics } = await staticDriver.preview(makeDriverRequest({ inputs: { outputs: ['a'] } }));
  expect(value).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: 'T5001' }]);
  expect(diagnostics[0]?.detail).toContain('postgres.default#web.db');
});

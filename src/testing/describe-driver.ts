import { hasErrors, validateJson, type Driver, type DriverRequest, type JsonObject } from '../core/index.ts';
import { makeDriverRequest } from './builders.ts';
import type { TestApi } from './test-api.ts';

/** A driver to be tested, with what it is to be tested with. */
export interface DriverHarness {
  readonly driver: Driver;
  /** Inputs that it takes; one request is made of each. */
  readonly inputs: readonly JsonObject[];
  /** Inputs that it must not take. */
  readonly badInputs: readonly JsonObject[];
  cleanUp?(): Promise<void>;
}

/**
 * Tests that a driver keeps the contract of `Driver`.
 * Shape: registers its tests with the given test runner; `make` is called anew for each.
 */
export function describeDriver(name: string, api: TestApi, make: () => Promise<DriverHarness>): void {
  const check = (sentence: string, body: (harness: DriverHarness) => Promise<void>): void => {
    api.it(sentence, async () => {
      const harness = await make();
      try {
        await body(harness);
      } finally {
        await harness.cleanUp?.();
      }
    });
  };
  api.describe(`the driver ${name} keeps the contract of drivers`, () => {
    checkInputs(check, api);
    checkResults(check, api);
  });
}

type Check = (sentence: string, body: (harness: DriverHarness) => Promise<void>) => void;

function checkInputs(check: Check, { expect }: TestApi): void {
  check('it has a name of lower-case letters, digits and dashes', async ({ driver }) => {
    expect(/^[a-z][a-z0-9-]*$/.test(driver.name)).toBe(true);
  });
  check('its schema takes the inputs that it reads, and no others', async ({ driver, inputs, badInputs }) => {
    const place = { file: 'inputs.yaml', document: 0, path: [] };
    for (const each of inputs) expect(validateJson(driver.inputsSchema, each, place)).toEqual([]);
    for (const each of badInputs) expect(hasErrors(validateJson(driver.inputsSchema, each, place))).toBe(true);
  });
}

function checkResults(check: Check, { expect }: TestApi): void {
  check('the preview of a pure driver is its full result', async ({ driver, inputs }) => {
    if (!driver.isPure) return;
    for (const request of inputs.map(makeRequest)) expect(await driver.preview(request)).toEqual(await driver.provision(request));
  });
  check('providing a resource again, with the state it left, gives the same again', async ({ driver, inputs }) => {
    for (const request of inputs.map(makeRequest)) {
      const first = await driver.provision(request);
      expect(await driver.provision({ ...request, state: first.value?.state ?? {} })).toEqual(first);
    }
  });
  check('a result is plain data', async ({ driver, inputs }) => {
    for (const request of inputs.map(makeRequest)) {
      const result = await driver.provision(request);
      expect(hasErrors(result.diagnostics)).toBe(false);
      expect(structuredClone(result)).toEqual(result);
    }
  });
  check('a request is left as it was', async ({ driver, inputs }) => {
    for (const request of inputs.map(makeRequest)) {
      const { signal: _signal, secrets: _secrets, ...data } = request;
      const before = structuredClone(data);
      await driver.preview(request);
      await driver.provision(request);
      const { signal: _again, secrets: _too, ...after } = request;
      expect(after).toEqual(before);
    }
  });
  check('a resource can be removed, and removed again', async ({ driver, inputs }) => {
    for (const request of inputs.map(makeRequest)) {
      const { value } = await driver.provision(request);
      const last = { ...request, state: value?.state ?? {} };
      expect((await driver.deprovision(last)).diagnostics).toEqual([]);
      expect((await driver.deprovision(last)).diagnostics).toEqual([]);
    }
  });
}

function makeRequest(inputs: JsonObject): DriverRequest {
  return makeDriverRequest({ inputs });
}

import {
  hasErrors,
  validateJson,
  type JsonObject,
  type ObjectKey,
  type RenderedObject,
  type Target,
  type TargetReceipt,
  type TargetRequest,
} from '../core/index.ts';
import { deploymentFacts, makeContext, makeInventory, makeRenderedObject, makeTargetRequest } from './builders.ts';
import type { TestApi } from './test-api.ts';

/** A target to be tested, with an empty place for it. */
export interface TargetHarness {
  readonly target: Target;
  readonly inputs: JsonObject;
  readonly baseDir: string;
  /** Changes the object where it lies, as somebody else would, without removing it. */
  tamper(key: ObjectKey): Promise<void>;
  /** Everything that lies there, as text, to compare. */
  snapshot(): Promise<unknown>;
  cleanUp(): Promise<void>;
}

/**
 * Tests that a target that writes everything at once keeps the contract of `Target`.
 * Shape: registers its tests with the given test runner; `make` is called anew for each.
 */
export function describeTarget(name: string, api: TestApi, make: () => Promise<TargetHarness>): void {
  const check: Check = (sentence, body) => {
    api.it(sentence, async () => {
      const harness = await make();
      try {
        await body(new Deployer(harness));
      } finally {
        await harness.cleanUp();
      }
    });
  };
  api.describe(`the target ${name} keeps the contract of targets`, () => {
    checkPlanning(check, api);
    checkApplying(check, api);
    checkDrift(check, api);
    checkOwnership(check, api);
  });
}

type Check = (sentence: string, body: (deployer: Deployer) => Promise<void>) => void;

const web = makeRenderedObject({ name: 'web', content: { data: { greeting: 'hello', on: 'yes' } } });
const changedWeb = makeRenderedObject({ name: 'web', content: { data: { greeting: 'good day' } } });
const api = makeRenderedObject({ name: 'api', kind: 'Service', content: { spec: { ports: [{ name: 'http', port: 80 }] } } });

/** Calls the target as the engine does, and keeps the inventory. */
class Deployer {
  readonly harness: TargetHarness;
  inventory: readonly RenderedObject[] = [];
  deployments = 0;

  constructor(harness: TargetHarness) {
    this.harness = harness;
  }

  request(parts: Partial<TargetRequest> = {}): TargetRequest {
    const { inputs, baseDir } = this.harness;
    return makeTargetRequest({ inputs, baseDir, inventory: makeInventory(this.inventory), ...parts });
  }

  /** Applies the objects, those with another hash than in the inventory as changed. */
  async apply(desired: readonly RenderedObject[], changed?: readonly ObjectKey[]): Promise<TargetReceipt> {
    const last = new Map(this.inventory.map(({ key, hash }) => [key, hash]));
    this.deployments += 1;
    const deployment = { ...deploymentFacts, id: `deployment-${this.deployments}`, number: this.deployments };
    const outcome = await this.harness.target.apply(this.request({ deployment }), {
      desired,
      changed: changed ?? desired.filter(({ key, hash }) => last.get(key) !== hash).map(({ key }) => key),
      removed: this.inventory.filter(({ key }) => !desired.some((each) => each.key === key)).map(({ key }) => key),
    });
    this.inventory = desired;
    if (!outcome.value) throw new Error(outcome.diagnostics.map(({ detail }) => detail).join('\n'));
    return outcome.value;
  }

  /** Key → whether it is as deployed. */
  async observe(): Promise<Readonly<Record<string, boolean>>> {
    const { value, diagnostics } = await this.harness.target.observe(this.request());
    if (!value) throw new Error(diagnostics.map(({ detail }) => detail).join('\n'));
    return Object.fromEntries(Object.values(value.objects).map(({ key, isAsDeployed }) => [key, isAsDeployed]));
  }
}

function checkPlanning(check: Check, { expect }: TestApi): void {
  check('its schema takes its inputs, and no unknown ones', async ({ harness: { target, inputs } }) => {
    const place = { file: 'target.yaml', document: 0, path: [] };
    expect(validateJson(target.inputsSchema, inputs, place)).toEqual([]);
    expect(hasErrors(validateJson(target.inputsSchema, { ...inputs, unheardOf: 1 }, place))).toBe(true);
  });
  check('planning takes what it can have, and writes nothing', async (deployer) => {
    const before = await deployer.harness.snapshot();
    expect(hasErrors((await deployer.harness.target.plan(deployer.request(), [web, api])).diagnostics)).toBe(false);
    expect(await deployer.harness.snapshot()).toEqual(before);
  });
  check('planning refuses names that lead elsewhere', async (deployer) => {
    const names = ['../../etc/passwd', '..', '/etc/passwd', 'a/b', '-rf', 'a\nb'];
    for (const name of names) {
      expect(hasErrors((await deployer.harness.target.plan(deployer.request(), [makeRenderedObject({ name })])).diagnostics)).toBe(true);
    }
  });
}

function checkApplying(check: Check, { expect }: TestApi): void {
  check('an empty place is observed as empty, and stays so', async (deployer) => {
    const before = await deployer.harness.snapshot();
    expect(await deployer.observe()).toEqual({});
    expect(await deployer.harness.snapshot()).toEqual(before);
  });
  check('what was applied is observed as deployed', async (deployer) => {
    await deployer.apply([web, api]);
    expect(await deployer.observe()).toEqual({ [web.key]: true, [api.key]: true });
  });
  check('applying the same again changes nothing', async (deployer) => {
    await deployer.apply([web, api]);
    const before = await deployer.harness.snapshot();
    const receipt = await deployer.apply([api, web]);
    expect(receipt.revision).toBe(undefined);
    expect(await deployer.harness.snapshot()).toEqual(before);
  });
  check('an object that changed is written, and the others stay', async (deployer) => {
    await deployer.apply([web, api]);
    const before = await deployer.harness.snapshot();
    await deployer.apply([changedWeb, api]);
    expect(JSON.stringify(await deployer.harness.snapshot()) === JSON.stringify(before)).toBe(false);
    expect(await deployer.observe()).toEqual({ [web.key]: true, [api.key]: true });
  });
  check('an object that was removed is gone, and the place is as if it had never been there', async (deployer) => {
    await deployer.apply([web]);
    const before = await deployer.harness.snapshot();
    await deployer.apply([web, api]);
    await deployer.apply([web]);
    expect(await deployer.harness.snapshot()).toEqual(before);
  });
  check('pruning removes what is named, and again is no error', async (deployer) => {
    await deployer.apply([web, api]);
    for (const keys of [[api.key], [api.key]]) {
      const { diagnostics } = await deployer.harness.target.prune(deployer.request(), keys);
      expect(diagnostics).toEqual([]);
    }
    expect(await deployer.observe()).toEqual({ [web.key]: true });
  });
  check('nothing is written once it is cancelled', async (deployer) => {
    const before = await deployer.harness.snapshot();
    const write = { desired: [web], changed: [web.key], removed: [] };
    const request = deployer.request({ signal: AbortSignal.abort() });
    const isStopped = await deployer.harness.target.apply(request, write).then(
      ({ diagnostics }) => hasErrors(diagnostics),
      () => true,
    );
    expect(isStopped).toBe(true);
    expect(await deployer.harness.snapshot()).toEqual(before);
  });
}

function checkDrift(check: Check, { expect }: TestApi): void {
  check('an object that somebody changed is observed as changed', async (deployer) => {
    await deployer.apply([web, api]);
    await deployer.harness.tamper(web.key);
    expect(await deployer.observe()).toEqual({ [web.key]: false, [api.key]: true });
  });
  check('what somebody changed is not overwritten unless it is named as changed', async (deployer) => {
    await deployer.apply([web, api]);
    await deployer.harness.tamper(web.key);
    await deployer.apply([web, api], []);
    expect(await deployer.observe()).toEqual({ [web.key]: false, [api.key]: true });
    await deployer.apply([web, api], [web.key]);
    expect(await deployer.observe()).toEqual({ [web.key]: true, [api.key]: true });
  });
}

function checkOwnership(check: Check, { expect }: TestApi): void {
  check('another environment in the same place is refused', async (deployer) => {
    await deployer.apply([web]);
    const before = await deployer.harness.snapshot();
    const request = deployer.request({ context: makeContext({ environment: 'production' }), inventory: {} });
    const { target } = deployer.harness;
    expect(hasErrors((await target.observe(request)).diagnostics)).toBe(true);
    expect(hasErrors((await target.apply(request, { desired: [api], changed: [api.key], removed: [] })).diagnostics)).toBe(true);
    expect(await deployer.harness.snapshot()).toEqual(before);
  });
}

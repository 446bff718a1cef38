import { describe, expect, it } from 'vitest';
import type { JsonObject, RenderedObject, TargetRequest } from '../../core/index.ts';
import { applyObjects } from './apply.ts';
import { awaitObjects } from './await-ready.ts';
import type { Answer, Cluster } from './cluster.ts';
import { mapOf, textOf } from './fields.ts';
import { makeCluster, makeLive, makeRendered, makeRequest, makeWaiting } from './test-support.ts';

const settings = makeRendered({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } });
const service = makeRendered({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } });
const gadget = makeRendered({ apiVersion: 'example.com/v1', kind: 'Gadget', metadata: { name: 'one', namespace: 'shop' } });
const definition = makeRendered({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gadgets.example.com' },
});

function write(cluster: Cluster, objects: readonly RenderedObject[], request: TargetRequest = makeRequest()) {
  return applyObjects(cluster, request, { desired: objects, changed: objects.map(({ key }) => key), removed: [] }, makeWaiting());
}

const unknownKind: Answer = { kind: 'refused', refusal: { status: 404, reason: 'NotFound', message: 'no kind', causes: [] } };
const invalid: Answer = { kind: 'refused', refusal: { status: 422, reason: 'Invalid', message: 'spec: Invalid value', causes: [] } };

const established = { status: { conditions: [{ type: 'Established', status: 'True' }] } };

/** Takes everything; what was sent is listed by kind. */
function takeAll(parts: Partial<Cluster> = {}) {
  const sent: string[] = [];
  const cluster = makeCluster({
    apply: async (body) => {
      sent.push(textOf(body['kind']));
      return { kind: 'ok', live: body };
    },
    ...parts,
  });
  return { cluster, sent };
}

describe('objects that are applied', () => {
  it('go level by level, and none after one that is refused', async () => {
    const { cluster, sent } = takeAll();
    expect((await write(cluster, [gadget, service, settings])).diagnostics).toEqual([]);
    expect(sent).toEqual(['ConfigMap', 'Service', 'Gadget']);
    const refusing = makeCluster({
      apply: async (body) => (body['kind'] === 'Service' ? invalid : { kind: 'ok', live: body }),
    });
    expect((await write(refusing, [gadget, service, settings])).diagnostics).toMatchObject([{ code: 'T6203' }]);
  });

  it('are looked at when their definition is established, and taken a moment later', async () => {
    const done: string[] = [];
    let left = 2;
    const cluster = makeCluster({
      apply: async (body): Promise<Answer> => {
        done.push(`apply ${textOf(body['kind'])}`);
        if (body['kind'] === 'Gadget' && left-- > 0) return unknownKind;
        return { kind: 'ok', live: body['kind'] === 'Gadget' ? body : { ...body, ...established } };
      },
    });
    expect((await write(cluster, [gadget, definition])).diagnostics).toEqual([]);
    expect(done).toEqual(['apply CustomResourceDefinition', 'apply Gadget', 'apply Gadget', 'apply Gadget']);
  });

  it('are not applied where their definition is refused by the cluster', async () => {
    const conditions = [{ type: 'NamesAccepted', status: 'False', reason: 'Conflict', message: 'the name is taken' }];
    const { cluster, sent } = takeAll({
      apply: async (body) => {
        sent.push(textOf(body['kind']));
        return { kind: 'ok', live: { ...body, status: { conditions } } };
      },
    });
    const { diagnostics } = await write(cluster, [gadget, definition]);
    expect(diagnostics).toMatchObject([{ code: 'T6211', detail: expect.stringContaining('the name is taken') }]);
    expect(sent).toEqual(['CustomResourceDefinition']);
  });

  it('of a kind that never comes are refused in the end', async () => {
    const cluster = makeCluster({ apply: async () => unknownKind });
    expect((await write(cluster, [gadget])).diagnostics).toMatchObject([{ code: 'T6205' }]);
  });

  it('come again where the one that was there was on its way out', async () => {
    const done: string[] = [];
    let isLeaving = true;
    const cluster = makeCluster({
      apply: async (body) => {
        done.push('apply');
        const metadata = { ...mapOf(body['metadata']), uid: isLeaving ? 'old' : 'new', ...(isLeaving && { deletionTimestamp: 'now' }) };
        return { kind: 'ok', live: { ...body, metadata } };
      },
      get: async () => {
        done.push('get');
        isLeaving = false;
        return { kind: 'absent' };
      },
    });
    const written = await write(cluster, [settings]);
    expect(done).toEqual(['apply', 'get', 'apply']);
    expect(written.value?.memory?.[settings.key]).toMatchObject({ uid: 'new' });
  });

  it('and are ready in the answer are not read again', async () => {
    const request = makeRequest();
    const ready: JsonObject = makeLive(gadget, { status: { conditions: [{ type: 'Ready', status: 'True' }] } });
    const cluster = makeCluster({ apply: async () => ({ kind: 'ok', live: ready }) });
    await write(cluster, [gadget], request);
    expect((await awaitObjects(cluster, request, [gadget], makeWaiting())).diagnostics).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/index.ts';
import { explainObject } from './explain-object.ts';
import { makeCluster } from './test-support.ts';

const signal = new AbortController().signal;

const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'd' },
  spec: { selector: { matchLabels: { app: 'web' } } },
};

function makePod(container: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-1', namespace: 'shop', uid: 'p' },
    status: { phase: 'Running', containerStatuses: [{ name: 'main', ready: false, ...container }], ...more },
  };
}

const waiting = (reason: string, message = ''): JsonObject => ({ state: { waiting: { reason, message } } });
const looping = (terminated: JsonObject): JsonObject => ({ ...waiting('CrashLoopBackOff'), lastState: { terminated } });

async function explain(pod: JsonObject, lines: readonly string[] = [], warning?: string): Promise<string> {
  const cluster = makeCluster({
    list: async () => [pod],
    lastLines: async () => lines,
    events: async (_, uid) => (uid === 'p' && warning !== undefined ? [{ type: 'Warning', reason: 'Unhealthy', message: warning }] : []),
  });
  return (await explainObject(cluster, deployment, signal)).join(' ');
}

describe('why an object is not ready', () => {
  it.each([
    ['a name that is none', waiting('InvalidImageName', 'could not parse'), 'no name of one'],
    ['an image that is not there', waiting('ErrImagePull', 'manifest unknown: not found'), 'There is no such image'],
    ['an image that may not be read', waiting('ImagePullBackOff', 'pull access denied'), 'credentials for the registry'],
    ['a registry that is not reached', waiting('ImagePullBackOff', 'dial tcp: i/o timeout'), 'the nodes reach the registry'],
    ['a Secret that is not there', waiting('CreateContainerConfigError', 'secret "a" not found'), 'a Secret or a ConfigMap'],
    ['too little memory', looping({ exitCode: 137, reason: 'OOMKilled' }), 'raise its limit'],
    ['a command that is not there', looping({ exitCode: 127 }), 'check `command` and `args`'],
    [
      'a command that is not there, by containerd',
      looping({ exitCode: 128, message: 'exec: "x": executable file not found' }),
      'not in the image',
    ],
    ['a command that may not be run', looping({ exitCode: 126 }), 'the rights of the file'],
    ['a liveness probe', looping({ exitCode: 137, reason: 'Error' }), 'liveness probe'],
    ['a program that is done', looping({ exitCode: 0, reason: 'Completed' }), 'is a Job'],
    ['a program that fails', looping({ exitCode: 3 }), 'exit code 3'],
    ['a readiness probe', { state: { running: {} } }, 'Its readiness probe does not succeed'],
  ])('is said with what to do: %s', async (_, container, said) => {
    const text = await explain(makePod(container));
    expect(text).toContain('Pod web-1, container main: ');
    expect(text).toContain(said);
  });

  it('is said in the words of the program, too, and of the events', async () => {
    const text = await explain(makePod(looping({ exitCode: 1 })), ['starting', 'no database'], 'Liveness probe failed');
    expect(text).toContain('Its last lines: starting / no database');
    expect(text).toContain('Unhealthy: Liveness probe failed');
  });

  it('is nothing where pods are only being made, go, or are ready', async () => {
    expect(await explain(makePod(waiting('ContainerCreating')))).toBe('');
    expect(await explain({ ...makePod(looping({ exitCode: 1 })), metadata: { name: 'old', deletionTimestamp: 'now' } })).toBe('');
    expect(await explain(makePod({ ready: true }, { conditions: [{ type: 'Ready', status: 'True' }] }))).toBe('');
  });

  it('is that no node takes a pod', async () => {
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'Insufficient cpu' }];
    const pod = { ...makePod({}), status: { phase: 'Pending', conditions } };
    expect(await explain(pod)).toContain('Pod web-1 has no node: Insufficient cpu');
  });
});

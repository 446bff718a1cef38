import { describe, expect, it } from 'vitest';
import { describeObject, makeObjectKey, splitObjectKey } from './object-key.ts';

describe('the key of an object', () => {
  it('is made of group, kind, namespace and name, whatever the version', () => {
    const identity = { kind: 'Deployment', namespace: 'ns', name: 'web' };
    expect(makeObjectKey({ apiVersion: 'apps/v1', ...identity })).toBe('apps/Deployment:ns/web');
    expect(makeObjectKey({ apiVersion: 'apps/v1beta1', ...identity })).toBe('apps/Deployment:ns/web');
  });

  it.each([
    [{ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'ns' }, '', 'Namespace ns'],
    [{ apiVersion: 'v1', kind: 'Secret', namespace: 'ns', name: 'a.b' }, '', 'Secret a.b in ns'],
    [
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', namespace: 'ns', name: 'system:a' },
      'rbac.authorization.k8s.io',
      'Role system:a in ns',
    ],
  ])('can be taken apart: %j', ({ apiVersion, kind, namespace, name }, group, text) => {
    const key = makeObjectKey({ apiVersion, kind, namespace, name });
    expect(splitObjectKey(key)).toEqual({ group, kind, namespace, name });
    expect(describeObject(key)).toBe(text);
  });
});

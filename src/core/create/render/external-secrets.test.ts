import { describe, expect, it } from 'vitest';
import { makeUid } from '../../model/uid.ts';
import type { Secret, SecretText, Value, ValueObject } from '../../model/value.ts';
import { makeTestSecret } from '../test-support.ts';
import { externaliseSecrets } from './external-secrets.ts';
import { makeObject, mapOf } from './make-object.ts';

const node = makeUid({ type: 'postgres', id: 'api.db' });
const secret = makeTestSecret(node);
const stored: Secret = { $tutti: 'secret', ref: { kind: 'stored', key: 'TOKEN', version: 3 }, hash: 'f'.repeat(64) };
const store = { prefix: 'shop/staging', secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' } };

function base64(...parts: SecretText['parts']): SecretText {
  return { $tutti: 'secretText', parts, encoding: 'base64' };
}

function secretObject(data: ValueObject) {
  return makeObject(node, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'ns' }, type: 'Opaque', data });
}

function templateOf(value: Value): Value | undefined {
  const [object] = externaliseSecrets([secretObject({ it: value })], store).objects;
  const template = mapOf(mapOf(mapOf(object?.body['spec'])['target'])['template']);
  return mapOf(template['data'])['it'];
}

describe('secrets for Git', () => {
  it('become references to versions in a store, composed text a template', () => {
    const { objects, deliveries } = externaliseSecrets(
      [secretObject({ url: base64('pg://u:', secret, '@h'), again: base64(secret), token: base64(stored) })],
      store,
    );
    expect(objects.map((each) => each.key)).toEqual(['external-secrets.io/ExternalSecret:ns/a']);
    expect(objects[0]?.body['spec']).toMatchObject({
      secretStoreRef: store.secretStoreRef,
      target: { name: 'a', template: { type: 'Opaque', data: { url: 'pg://u:{{ .s0 }}@h', again: '{{ .s0 }}', token: '{{ .s1 }}' } } },
      data: [
        { secretKey: 's0', remoteRef: { key: 'shop/staging/postgres.default-api.db/password', version: secret.hash.slice(0, 16) } },
        { secretKey: 's1', remoteRef: { key: 'shop/staging/values/TOKEN', version: 'f'.repeat(16) } },
      ],
    });
    expect(deliveries.map((each) => each.secret)).toEqual([secret, stored]);
  });

  it.each([
    [base64('{{ x }}', secret), '{{ "{{ x }}" }}{{ .s0 }}'],
    [base64('{', secret, '}'), '{{ "{" }}{{ .s0 }}}'],
    [base64({ $tutti: 'secretText', parts: [secret], encoding: 'url' }), '{{ printf "%s" .s0 | urlquery | replace "+" "%20" }}'],
    [base64({ $tutti: 'secretText', parts: ['a', secret], encoding: 'base64' }), '{{ printf "%s%s" "a" .s0 | b64enc }}'],
    [
      base64({ $tutti: 'secretText', parts: [secret], encoding: 'json' }),
      String.raw`{{ printf "%s" .s0 | toRawJson | trimPrefix "\"" | trimSuffix "\"" }}`,
    ],
    [base64({ $tutti: 'secretText', parts: ['a', secret] }), 'a{{ .s0 }}'],
  ])('make a template of %j', (value, template) => {
    expect(templateOf(value)).toBe(template);
  });

  it('leave what holds no secret as it is', () => {
    const plain = [
      secretObject({ a: 'YQ==' }),
      makeObject(node, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'ns' } }),
    ];
    const { objects, deliveries } = externaliseSecrets(plain, store);
    expect(objects[0]).toBe(plain[0]);
    expect(objects[1]).toBe(plain[1]);
    expect(deliveries).toEqual([]);
  });
});

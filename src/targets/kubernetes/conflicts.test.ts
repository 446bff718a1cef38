import { describe, expect, it } from 'vitest';
import { wereOurs } from './conflicts.ts';

const applied = {
  data: { 'app.conf': 'x', app: 'y' },
  spec: { replicas: 1, ports: [{ port: 80, targetPort: 8080 }], template: { spec: { containers: [{ name: 'main', image: 'a' }] } } },
};

function conflict(...fields: readonly (readonly [string, string?])[]) {
  const causes = fields.map(([field, message = 'conflict with "kubectl-edit" using v1']) => ({
    reason: 'FieldManagerConflict',
    field,
    message,
  }));
  return { status: 409, reason: 'Conflict', message: '', causes };
}

describe('fields that somebody else has written', () => {
  it.each([
    ['.spec.replicas', true],
    ['.spec.ports[port=80,protocol="TCP"].targetPort', true],
    ['.spec.template.spec.containers[name="ma]in"].image', true],
    ['.data.app.conf', true],
    ['.data.app.config', false],
    ['.data.conf', false],
    ['.spec.paused', false],
    ['.spec.ports[port=80].nodePort', false],
    ['.metadata.labels', false],
  ])('%s were ours before: %s', (field, expected) => {
    expect(wereOurs(conflict([field]), applied)).toBe(expected);
  });

  it('are all looked at', () => {
    expect(wereOurs(conflict(['.spec.replicas'], ['.spec.paused']), applied)).toBe(false);
    expect(wereOurs(conflict(), applied)).toBe(false);
    expect(wereOurs(conflict(['.spec.replicas']), undefined)).toBe(false);
  });

  it('are left to an autoscaler', () => {
    expect(wereOurs(conflict(['.spec.replicas', 'conflict with "hpa" with subresource "scale" using apps/v1']), applied)).toBe(false);
  });
});

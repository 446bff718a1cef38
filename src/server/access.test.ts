import { expect, test } from 'vitest';
import { operations, permissions } from '../contract/index.ts';
import { access, authorise, roles, type Role } from './access.ts';

const caller = (...held: Role[]) => ({ actor: { name: 'somebody' }, roles: held });

test('every permission is in the table, and names only roles that there are', () => {
  expect(Object.keys(access).toSorted()).toEqual(permissions.toSorted());
  for (const alternatives of Object.values(access)) for (const role of alternatives.flat()) expect(roles).toContain(role);
});

test('an administrator may do everything, and nobody without a role anything', () => {
  for (const { permission } of Object.values(operations)) {
    expect(authorise(caller('admin'), permission).value, permission).toBe(true);
    expect(authorise(caller(), permission).diagnostics.map((each) => each.code)).toEqual(['T8002']);
  }
});

test('an auditor reads everything and changes nothing', () => {
  for (const [id, { permission, method }] of Object.entries(operations)) {
    const isReading = permission.endsWith('.read') || permission.endsWith('.list') || permission === 'session';
    expect(authorise(caller('auditor'), permission).value, id).toBe(isReading ? true : undefined);
    if (method === 'GET') expect(isReading, id).toBe(true);
  }
});

test('deploying needs the project and the type of the environment', () => {
  expect(authorise(caller('developer'), 'environment.deploy').value).toBeUndefined();
  expect(authorise(caller('deployer'), 'environment.deploy').value).toBeUndefined();
  expect(authorise(caller('developer', 'deployer'), 'environment.deploy').value).toBe(true);
});

test('a proposer plans and never carries out', () => {
  expect(authorise(caller('proposer'), 'environment.plan').value).toBe(true);
  expect(authorise(caller('proposer'), 'environment.deploy').value).toBeUndefined();
});

import type { Permission } from '../contract/index.ts';
import { diagnose, fail, succeed, type Actor, type Outcome } from '../core/index.ts';

/** Source: domain.md §9. */
export const roles = ['admin', 'auditor', 'owner', 'developer', 'viewer', 'deployer', 'approver', 'proposer'] as const;

export type Role = (typeof roles)[number];

/** Who calls. Until roles are given to people, every valid token carries `admin`. */
export interface Caller {
  readonly actor: Actor;
  readonly roles: readonly Role[];
}

/**
 * Which roles carry which permission: any of the lists suffices, and of a list all are needed.
 * `deployer`, `approver` and `proposer` are held on the type of the environment, `owner`, `developer` and `viewer` in its project.
 */
export const access = {
  session: roles.map((role) => [role]),
  'platform.read': roles.map((role) => [role]),
  'platform.change': [['admin']],
  'project.list': roles.map((role) => [role]),
  'project.create': [['admin']],
  'project.read': [['admin'], ['auditor'], ['owner'], ['developer'], ['viewer']],
  'project.delete': [['admin'], ['owner']],
  'environment.create': [['admin'], ['owner', 'deployer'], ['developer', 'deployer']],
  'environment.read': [['admin'], ['auditor'], ['owner'], ['developer'], ['viewer']],
  'environment.configure': [['admin'], ['owner', 'deployer'], ['developer', 'deployer']],
  'environment.plan': [['admin'], ['owner'], ['developer'], ['proposer']],
  'environment.deploy': [['admin'], ['owner', 'deployer'], ['developer', 'deployer']],
  'environment.delete': [['admin'], ['owner', 'deployer'], ['developer', 'deployer']],
} as const satisfies Readonly<Record<Permission, readonly (readonly Role[])[]>>;

/** Says whether a caller may; the refusal names the roles that would. */
export function authorise(caller: Caller, permission: Permission): Outcome<true> {
  const alternatives: readonly (readonly Role[])[] = access[permission];
  const isAllowed = alternatives.some((needed) => needed.every((role) => caller.roles.includes(role)));
  if (isAllowed) return succeed(true);
  const needed = alternatives.map((each) => each.join(' and ')).join(', or ');
  return fail(
    diagnose('T8002', {
      detail: `The permission "${permission}" is carried by ${needed}; "${caller.actor.name}" has ${caller.roles.join(', ') || 'no role'}.`,
    }),
  );
}

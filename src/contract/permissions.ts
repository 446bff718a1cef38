/**
 * What an operation asks for; which roles carry it is said where access is decided.
 * Source: domain.md §9.
 */
export const permissions = [
  'session',
  'platform.read',
  'platform.change',
  'project.list',
  'project.create',
  'project.read',
  'project.delete',
  'environment.create',
  'environment.read',
  'environment.configure',
  'environment.plan',
  'environment.deploy',
  'environment.delete',
] as const;

export type Permission = (typeof permissions)[number];

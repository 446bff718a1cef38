import { expect, it } from 'vitest';
import { readExecPolicy } from './exec-policy.ts';

const now = (): string => '2026-01-01T00:00:00Z';

it('no program gives credentials unless the operator lists it, by its absolute path', () => {
  expect(readExecPolicy({}, now)).toBeUndefined();
  expect(readExecPolicy({ TUTTI_KUBERNETES_EXEC: '' }, now)).toBeUndefined();
  expect(readExecPolicy({ TUTTI_KUBERNETES_EXEC: 'aws:./gcloud' }, now)).toBeUndefined();
  expect(readExecPolicy({ TUTTI_KUBERNETES_EXEC: '/usr/bin/aws: aws :/opt/gke-plugin' }, now)?.programs).toEqual([
    '/usr/bin/aws',
    '/opt/gke-plugin',
  ]);
});

it('programs that give credentials see few variables, and those that the operator names', () => {
  const env = {
    TUTTI_KUBERNETES_EXEC: '/usr/bin/aws',
    TUTTI_KUBERNETES_EXEC_ENV: 'AWS_PROFILE, AWS_REGION',
    PATH: '/bin',
    AWS_PROFILE: 'p',
  };
  expect(readExecPolicy({ ...env, DATABASE_URL: 'postgres://secret' }, now)).toMatchObject({
    variables: { PATH: '/bin', AWS_PROFILE: 'p' },
    settable: ['AWS_PROFILE', 'AWS_REGION'],
  });
  expect(JSON.stringify(readExecPolicy({ ...env, DATABASE_URL: 'postgres://secret' }, now))).not.toContain('postgres');
});

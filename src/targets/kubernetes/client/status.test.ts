import { expect, it } from 'vitest';
import { readStatus } from './status.ts';

function statusOf(message: string) {
  return readStatus({ status: 422, text: JSON.stringify({ kind: 'Status', reason: 'Invalid', message }) });
}

it('shows what was wrong, and not what was sent: that may hold a secret', () => {
  const template =
    'core.PodTemplateSpec{Spec:core.PodSpec{Containers:[]core.Container{Env:[]core.EnvVar{{Name:"PASSWORD", Value:"hunter2"}}}}}';
  const { message } = statusOf(`Job.batch "x" is invalid: spec.template: Invalid value: ${template}: field is immutable`);
  expect(message).toContain('spec.template');
  expect(message).toContain('field is immutable');
  expect(message).not.toContain('hunter2');
});

it('keeps a message short', () => {
  expect(statusOf('a'.repeat(10_000)).message.length).toBeLessThan(600);
});

it('takes an answer that is no status for its text', () => {
  expect(readStatus({ status: 404, text: '404 page not found\n' })).toEqual({
    status: 404,
    reason: '',
    message: '404 page not found',
    causes: [],
  });
});

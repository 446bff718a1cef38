import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../../test/support/test-database.ts';
import type { DeploymentWork, WorkQueue } from '../core/index.ts';
import { openWorkQueue } from './queue.ts';

async function openQueue(connectionString: string): Promise<WorkQueue> {
  const queue = await openWorkQueue({ connectionString, atOnce: 4, onNotice: () => undefined });
  onTestFinished(() => queue.close());
  return queue;
}

const work = (environment: string, number: number): DeploymentWork => ({ id: randomUUID(), project: 'shop', environment, number });

it('each deployment is handed to one process, in the order of its environment, those of others beside it', async () => {
  const connectionString = await createTestDatabase();
  const queues = await Promise.all([openQueue(connectionString), openQueue(connectionString)]);
  const all = ['one', 'two', 'three'].flatMap((environment) => [1, 2, 3].map((number) => work(environment, number)));
  for (const each of all) await queues[0]?.add(each);
  const began: string[] = [];
  const underWay = new Set<string>();
  let most = 0;
  const carryOut = async ({ environment, number }: DeploymentWork): Promise<void> => {
    expect(underWay).not.toContain(environment);
    underWay.add(environment);
    most = Math.max(most, underWay.size);
    began.push(`${environment} ${number}`);
    await new Promise((done) => setTimeout(done, 100));
    underWay.delete(environment);
  };
  await Promise.all(queues.map((queue) => queue.start(carryOut)));
  await expect.poll(() => began.length, { timeout: 15_000 }).toBe(all.length);
  for (const environment of ['one', 'two', 'three']) {
    expect(began.filter((each) => each.startsWith(`${environment} `))).toEqual([1, 2, 3].map((number) => `${environment} ${number}`));
  }
  expect(most).toBeGreaterThan(1);
});

it('what is added twice is there once; what is thrown out of is handed out again', async () => {
  const queue = await openQueue(await createTestDatabase());
  const [first, second] = [work('one', 1), work('one', 2)];
  for (const each of [first, first, second, first]) await queue.add(each);
  const began: number[] = [];
  await queue.start(async ({ number }) => {
    began.push(number);
    if (began.length === 1) throw new Error('this process is stopping');
  });
  await expect.poll(() => began, { timeout: 15_000 }).toEqual([1, 1, 2]);
  await queue.add(first);
  await new Promise((done) => setTimeout(done, 2_000));
  expect(began).toEqual([1, 1, 2]);
});

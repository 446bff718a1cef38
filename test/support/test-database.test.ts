import { Client } from 'pg';
import { expect, test } from 'vitest';

import { createTestDatabase, prepareTemplate } from './test-database.ts';

async function query(connectionString: string, statement: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const result = await client.query<unknown[]>({ text: statement, rowMode: 'array' });
    return result.rows.flat();
  } finally {
    await client.end();
  }
}

test('each test gets a database of its own, filled as its template', { timeout: 60_000 }, async () => {
  let fillCount = 0;
  const fill = async (connectionString: string) => {
    fillCount += 1;
    await query(connectionString, 'create table note as select 1 as number');
  };
  await Promise.all([prepareTemplate('notes', fill), prepareTemplate('notes', fill)]);
  expect(fillCount).toBe(1);
  const [first, second] = await Promise.all([createTestDatabase('notes'), createTestDatabase('notes')]);
  await query(first, 'insert into note values (2)');
  expect(await query(first, 'select number from note order by 1')).toEqual([1, 2]);
  expect(await query(second, 'select number from note order by 1')).toEqual([1]);
});

import { expect, test } from 'vitest';
import { operations, type OperationId } from '../../contract/index.ts';
import { loadHandler } from './table.ts';

test('every operation of the contract is implemented', async () => {
  for (const id of Object.keys(operations).filter(isId)) expect((await loadHandler(id)).id).toBe(id);
});

function isId(id: string): id is OperationId {
  return Object.hasOwn(operations, id);
}

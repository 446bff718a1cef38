import { succeed, type EnvironmentValue, type Outcome } from '../../core/index.ts';
import { showValues, type ValueView } from '../views/values.ts';
import { refOf } from './environment-view.ts';
import { onRecords, type Handler } from './handler.ts';

export const handlers: readonly Handler[] = [
  onRecords('values.list', async ({ store, input }) => showList(await store.environments.values(refOf(input)))),
  onRecords('values.change', async ({ store, input, caller }) => {
    const { set = {}, unset = [] } = input.body;
    return showList(await store.environments.setValues(refOf(input), { set, unset }, caller.actor));
  }),
];

function showList({ value, diagnostics }: Outcome<readonly EnvironmentValue[]>): Outcome<{ readonly values: readonly ValueView[] }> {
  return value ? succeed({ values: showValues(value) }, diagnostics) : { diagnostics };
}

import { hasErrors, succeed } from '../../core/index.ts';
import { showSetting, showValues } from '../views/values.ts';
import { refOf } from './environment-view.ts';
import { onRecords, type Handler } from './handler.ts';
import { done } from './projects.ts';

export const handlers: readonly Handler[] = [
  onRecords('secrets.list', async ({ store, input }) => {
    const { value, diagnostics } = await store.environments.values(refOf(input));
    return value ? succeed({ values: showValues(value).filter((each) => each.isSecret) }, diagnostics) : { diagnostics };
  }),
  onRecords('secrets.set', async ({ store, input, caller }) => {
    const { value, diagnostics } = await store.secrets.set(refOf(input), { key: input.key, value: input.body.value }, caller.actor);
    return value && !hasErrors(diagnostics) ? succeed(showSetting(value), diagnostics) : { diagnostics };
  }),
  onRecords('secrets.unset', async ({ store, input, caller }) => done(await store.secrets.unset(refOf(input), input.key, caller.actor))),
];

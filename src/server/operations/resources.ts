import { diagnose, didYouMean, fail, parseUid, succeed } from '../../core/index.ts';
import { showResource, showResources } from '../views/resource.ts';
import { refOf } from './environment-view.ts';
import { onRecords, type Handler } from './handler.ts';

export const handlers: readonly Handler[] = [
  onRecords('resources.list', async ({ store, input }) => {
    const { value, diagnostics } = await store.environments.loadState(refOf(input));
    return value ? succeed({ resources: showResources(value) }, diagnostics) : { diagnostics };
  }),
  onRecords('resources.show', async ({ store, input }) => {
    const { value: state, diagnostics } = await store.environments.loadState(refOf(input));
    if (!state) return { diagnostics };
    const uid = parseUid(input.uid);
    const resource = uid && Object.hasOwn(state.resources, uid) ? state.resources[uid] : undefined;
    if (resource) return succeed(showResource(state, resource), diagnostics);
    const known = Object.keys(state.resources);
    const detail = `${input.project}/${input.environment} has no resource "${input.uid}".${didYouMean(input.uid, known)} A uid is \`type.class#id\`.`;
    return fail(diagnose('T7201', { detail }));
  }),
];

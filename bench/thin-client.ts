import { call, type ApiServer } from '../test/cluster/tools/call.ts';
import type { App, Manifest } from './kubernetes-apps.ts';

/** As many as the target has under way. */
const appsAtOnce = 8;

const paths: Readonly<Record<string, string>> = {
  ServiceAccount: '/api/v1/namespaces/N/serviceaccounts',
  ConfigMap: '/api/v1/namespaces/N/configmaps',
  Service: '/api/v1/namespaces/N/services',
  Deployment: '/apis/apps/v1/namespaces/N/deployments',
};

/** Sends the patch of server-side apply that the target would send for each object, app by app, and looks at nothing but the status. */
export async function sendPatches(server: ApiServer, apps: readonly App[]): Promise<void> {
  const waiting = [...apps];
  const work = async (): Promise<void> => {
    for (let app = waiting.pop(); app; app = waiting.pop()) for (const object of app.objects) await send(server, object);
  };
  await Promise.all(Array.from({ length: appsAtOnce }, work));
}

async function send(server: ApiServer, object: Manifest): Promise<void> {
  const { name, namespace } = object.metadata;
  const path = `${paths[object.kind]?.replace('N', namespace)}/${name}?fieldManager=thin&fieldValidation=Strict`;
  const { status } = await call(server, 'PATCH', path, { body: object, type: 'application/apply-patch+yaml' });
  if (status >= 300) throw new Error(`${path} was answered with ${status}`);
}

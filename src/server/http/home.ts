import type { ApiResponse } from '../transport/response.ts';

/** The page at `/` for as long as there is no console. */
export function describeHome(version: string): ApiResponse {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>tutti</title>
<style>body { font: 1rem/1.5 system-ui; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }</style>
<h1>tutti ${version.replaceAll(/[^\w.+-]/g, '')}</h1>
<p>The control plane is running. Its API is at <code>/api/v1</code>, described at <code>/api/openapi.json</code>.</p>
<p>Every route needs a token: <code>Authorization: Bearer TOKEN</code>. The first one is in the file
<code>admin-token</code> of the data folder of this server.</p>
</html>
`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

import { createServer } from 'node:http';

/** So long do others still send requests to a pod that ends: they learn of it later than it does. */
const goesOnMs = 3000;

/** Writes a line to the log. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** What has to be set for a program to run at all: without it, it ends and says so. */
export function need(name) {
  const value = process.env[name];
  if (!value) {
    process.stderr.write(`${name} is not set.\n`);
    process.exit(1);
  }
  return value;
}

/**
 * Serves routes, as in `{'GET /orders': (body) => ({status, type, body})}`; what a route throws is a 500.
 * When the program is to end, it goes on for a moment, then answers what it has begun, and ends.
 */
export function serve(port, routes) {
  let isEnding = false;
  const server = createServer((request, response) => {
    const write = ({ status = 200, type = 'application/json', body }) => {
      response.writeHead(status, { 'content-type': type, ...(isEnding && { connection: 'close' }) });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    void answer(routes, request).then(write);
  });
  server.listen(port, () => say(`Listening on port ${port}.`));
  process.once('SIGTERM', () => {
    isEnding = true;
    setTimeout(() => server.close(), goesOnMs);
  });
  return server;
}

async function answer(routes, request) {
  const route = routes[`${request.method} ${request.url}`];
  if (!route) return { status: 404, body: { error: 'There is nothing here.' } };
  try {
    const parts = await request.toArray();
    return await route(Buffer.concat(parts).toString());
  } catch (error) {
    process.stderr.write(`${request.method} ${request.url}: ${error.message}\n`);
    return { status: 500, body: { error: 'That went wrong.' } };
  }
}

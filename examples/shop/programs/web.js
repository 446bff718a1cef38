// The front end: a page with the orders that the API knows, and a form for a new one.
import { readFile } from 'node:fs/promises';
import { need, serve } from './serve.js';

const api = need('API_URL');
const theme = JSON.parse(await readFile('/etc/shop/theme.json', 'utf8'));
const timeoutMs = 5000;

serve(8080, {
  'GET /healthz': () => ({ body: { ok: true } }),
  'GET /readyz': () => ({ body: { ok: true } }),
  'GET /': async () => ({ type: 'text/html; charset=utf-8', body: renderPage(await callApi('GET', '/orders')) }),
  'POST /orders': async (text) => ({ status: 201, body: await callApi('POST', '/orders', text) }),
});

/** A connection for each request: so requests go to every replica of the API, and to none that has gone. */
async function callApi(method, path, body) {
  const headers = { connection: 'close', 'content-type': 'application/json' };
  const response = await fetch(`${api}${path}`, { method, headers, body, signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`The API answers ${method} ${path} with ${response.status}.`);
  return response.json();
}

function renderPage({ orders, visits, version }) {
  const rows = orders.map(({ id, item, invoiced }) => `<li>${id}: ${escape(item)}${invoiced ? ', invoiced' : ''}</li>`);
  return `<!doctype html>
<title>${escape(theme.name)}</title>
<body style="border-top: 1em solid ${escape(theme.accent)}">
<h1>The shop</h1>
<ul>${rows.join('')}</ul>
<form onsubmit="fetch('/orders', {method: 'POST', body: JSON.stringify({item: item.value})}).then(() => location.reload()); return false">
<input id="item" placeholder="What do you need?"><button>Order</button></form>
<p>Visit ${visits}. Front end ${escape(process.env.VERSION)}, API ${escape(version)}.</p>
`;
}

function escape(text) {
  return String(text).replaceAll(/[&<>"']/g, (each) => `&#${each.codePointAt(0)};`);
}

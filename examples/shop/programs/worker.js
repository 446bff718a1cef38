// The worker: takes orders from the queue and keeps an invoice of each.
import { writeFile } from 'node:fs/promises';
import { callRedis } from './redis.js';
import { say } from './serve.js';

const folder = '/var/lib/invoices';
const waitSeconds = 2;
const retryMs = 1000;

const end = new AbortController();
process.once('SIGTERM', () => end.abort());

say('Waiting for orders.');
while (!end.signal.aborted) await takeOne().catch(retryLater);

/** An order stays in the list `taken` until its invoice is written: what a worker leaves there, the next one takes up first. */
async function takeOne() {
  const text = (await callRedis('LINDEX', 'taken', 0)) ?? (await callRedis('BLMOVE', 'orders', 'taken', 'RIGHT', 'LEFT', waitSeconds));
  if (text === null) return;
  const { id, item, payment } = JSON.parse(text);
  await writeFile(`${folder}/${id}.txt`, `Invoice ${id}: ${item}, paid by ${payment}\n`);
  await callRedis('SADD', 'invoiced', id);
  await callRedis('LREM', 'taken', 1, text);
  say(`Wrote invoice ${id}.`);
}

async function retryLater(error) {
  process.stderr.write(`${error.message}\n`);
  await new Promise((resolve) => setTimeout(resolve, retryMs));
}

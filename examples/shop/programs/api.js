// The API: orders in PostgreSQL, sessions and the queue in Redis. Its metrics have a port of their own.
import { createHmac } from 'node:crypto';
import pg from 'pg';
import { callRedis } from './redis.js';
import { need, say, serve } from './serve.js';

const paymentKey = need('PAYMENT_KEY');
const database = new pg.Pool({ connectionString: need('DATABASE_URL'), connectionTimeoutMillis: 5000 });
database.on('error', (error) => say(`A connection to the database was lost: ${error.message}`));
let ordersTaken = 0;

const server = serve(8080, {
  'GET /readyz': async () => {
    await Promise.all([database.query('select 1'), callRedis('PING')]);
    return { body: { ok: true } };
  },
  'GET /orders': async () => ({ body: { orders: await listOrders(), visits: await callRedis('INCR', 'visits'), version: process.env.VERSION } }),
  'POST /orders': async (text) => ({ status: 201, body: await takeOrder(JSON.parse(text)) }),
});
serve(9090, {
  'GET /metrics': () => ({ type: 'text/plain; version=0.0.4', body: `# TYPE orders_taken counter\norders_taken ${ordersTaken}\n` }),
});
server.on('close', () => void database.end());

async function listOrders() {
  const { rows } = await database.query('select id, item from orders order by id desc limit 20');
  return Promise.all(rows.map(async (row) => ({ ...row, invoiced: (await callRedis('SISMEMBER', 'invoiced', row.id)) === 1 })));
}

async function takeOrder({ item }) {
  const { rows } = await database.query('insert into orders (item) values ($1) returning id, item', [String(item)]);
  const [order] = rows;
  const payment = createHmac('sha256', paymentKey).update(String(order.id)).digest('hex').slice(0, 12);
  await callRedis('LPUSH', 'orders', JSON.stringify({ ...order, payment }));
  ordersTaken += 1;
  say(`Took order ${order.id}.`);
  return order;
}

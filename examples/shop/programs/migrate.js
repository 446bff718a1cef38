// Makes what the API keeps in its database; may run again and again, and for several replicas at once: the lock goes with the transaction.
import pg from 'pg';
import { need, say } from './serve.js';

const client = new pg.Client({ connectionString: need('DATABASE_URL') });
try {
  await client.connect();
  await client.query(`
    select pg_advisory_xact_lock(1);
    create table if not exists orders (id integer generated always as identity primary key, item text not null)
  `);
  await client.end();
  say('The tables are there.');
} catch (error) {
  process.stderr.write(`The database could not be prepared: ${error.message}\n`);
  process.exit(1);
}

import type pg from 'pg';
/**
 * Brings the database to the newest schema.
 * Rule: forward only, each file in a transaction of its own, under a lock, so that any number of processes may start
 * at once.
 */
export declare function migrate(pool: pg.Pool): Promise<readonly string[]>;

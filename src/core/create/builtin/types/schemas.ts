import type { JsonObject } from '../../../model/value.ts';

/** Schemas that several contracts have in common. */

export const text: JsonObject = { type: 'string' };
export const secret: JsonObject = { type: 'string', writeOnly: true };

export const host: JsonObject = { type: 'string', description: 'The name under which it answers within the environment.' };
export const port: JsonObject = { type: 'integer', minimum: 1, maximum: 65_535 };
export const username: JsonObject = { type: 'string' };
export const password: JsonObject = { ...secret, description: 'Made once, and kept.' };

export const databaseName: JsonObject = { type: 'string', description: 'The name of the database.' };
export const sameDatabase: JsonObject = { type: 'string', description: 'The same as name.' };

/** A placeholder gives text, so numbers may come as text. */
export const numberOrText: JsonObject = { type: ['integer', 'string'], minimum: 1, pattern: '^[1-9][0-9]{0,8}$' };

export const size: JsonObject = {
  type: 'string',
  enum: ['small', 'large'],
  description: 'How much room for data is claimed: small (the default) or large.',
};

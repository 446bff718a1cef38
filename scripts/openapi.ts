import { writeFile } from 'node:fs/promises';
import { openapiDocument } from '../src/contract/index.ts';

/** Writes the OpenAPI document that a test compares with: whoever changes the API sees it in the difference. */
const path = new URL('../test/openapi.json', import.meta.url);
await writeFile(path, `${JSON.stringify(openapiDocument('0.0.0'), null, 2)}\n`);

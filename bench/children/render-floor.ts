// The floor of rendering: parse the same Score files with `yaml`, parse and print with it the manifests of the real run, and write them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { clock, printNumbers } from '../measure.ts';

const [from = '', manifests = '', to = ''] = process.argv.slice(2);

const parsed = await clock(() => readdirSync(from).map((file): unknown => parse(readFileSync(join(from, file), 'utf8'))));
// What a real run printed stands for the objects; reading it back is not part of the floor.
const objects = readdirSync(manifests).map((file) => ({
  file,
  documents: parseAllDocuments(readFileSync(join(manifests, file), 'utf8')).map((document): unknown => document.toJSON()),
}));
const print = await clock(() =>
  objects.map(({ file, documents }) => [file, documents.map((each) => stringify(each)).join('---\n')] as const),
);
const write = await clock(() => {
  mkdirSync(to, { recursive: true });
  for (const [file, text] of print.value) writeFileSync(join(to, file), text);
});
printNumbers({ parse: parsed.ms, print: print.ms, write: write.ms, floor: parsed.ms + print.ms + write.ms });

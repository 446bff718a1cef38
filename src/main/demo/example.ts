import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listFileSources } from '../../core/index.ts';
import { packageRoot } from '../package-root.ts';

const run = promisify(execFile);
const examples = new URL('examples/', packageRoot);

export const project = 'shop';

export interface ExampleEnvironment {
  readonly name: string;
  readonly type: string;
  readonly values: Readonly<Record<string, string>>;
  /** Made up when the environment is made. */
  readonly secrets: readonly string[];
}

/** Each environment has its own values: that is all that differs for the workloads. */
export const environments: readonly ExampleEnvironment[] = [
  { name: 'development', type: 'development', values: { LOG_LEVEL: 'debug' }, secrets: ['PAYMENT_KEY'] },
  { name: 'staging', type: 'staging', values: { LOG_LEVEL: 'info' }, secrets: ['PAYMENT_KEY'] },
  {
    name: 'production',
    type: 'production',
    values: { LOG_LEVEL: 'warn', 'web.replicas': '3', 'api.replicas': '2' },
    secrets: ['PAYMENT_KEY', 'REDIS_PASSWORD'],
  },
];

export interface TextFile {
  readonly file: string;
  readonly text: string;
}

export interface ExampleSource extends TextFile {
  readonly attachments: Readonly<Record<string, { readonly base64: string }>>;
}

/** The platform configuration of the example; on a machine without git every target is a folder. */
export async function readPlatformFiles(hasGit: boolean): Promise<readonly TextFile[]> {
  const files = await readFolder('platform');
  if (hasGit) return files;
  const targets = await readFolder('without-git');
  return [...files.filter((file) => !file.file.endsWith('/targets.yaml')), ...targets];
}

async function readFolder(name: string): Promise<readonly TextFile[]> {
  const folder = new URL(`${name}/`, examples);
  const names = (await readdir(folder)).filter((each) => each.endsWith('.yaml')).toSorted();
  return Promise.all(
    names.map(async (each) => ({ file: `examples/${name}/${each}`, text: await readFile(new URL(each, folder), 'utf8') })),
  );
}

/** The Score files of the shop, with the files that they name. */
export async function readSources(): Promise<readonly ExampleSource[]> {
  const files = await readFolder('shop');
  return Promise.all(
    files.map(async (file) => {
      const attachments = listFileSources(file).map(async (path) => {
        const bytes = await readFile(new URL(`shop/${path}`, examples));
        return [path, { base64: bytes.toString('base64') }] as const;
      });
      return { ...file, attachments: Object.fromEntries(await Promise.all(attachments)) };
    }),
  );
}

export function makeSecret(): string {
  return randomBytes(18).toString('base64url');
}

/** Makes the repository that staging and production are handed over by. Says whether there is git at all. */
export async function prepareRepository(dataDir: string): Promise<boolean> {
  const path = join(dataDir, 'fleet.git');
  try {
    await run('git', ['--version']);
    if (existsSync(join(path, 'HEAD'))) return true;
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', path]);
    return true;
  } catch {
    return false;
  }
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** An image that is made of programs of this machine: nothing is pulled. */
export interface LocalImage {
  /** As in `local/busybox:1`; without a registry it is one of docker.io. */
  readonly name: string;
  readonly command: readonly string[];
  /** Goes before the command, or before the arguments that a pod gives in its place. */
  readonly entrypoint?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Programs that it holds, with the libraries that they load: path on this machine → path in the image. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Whole folders, likewise. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Programs in these folders, whose libraries it holds too. */
  readonly libraries?: readonly string[];
  /** Scripts: path in the image → text. */
  readonly scripts?: Readonly<Record<string, string>>;
  readonly user?: string;
}

/** What images of the same files differ in. */
export type ImageSettings = Pick<LocalImage, 'name' | 'command' | 'variables'>;

const busybox = '/bin/busybox';
const outputBytesMax = 256 * 1024 * 1024;

/** What runs while a pod is there, and does nothing. */
export const pauseImage: LocalImage = {
  name: 'local/pause:1',
  command: ['/bin/sh', '-c', 'trap "exit 0" TERM INT; while :; do sleep 3600 & wait $!; done'],
};

/** A shell and its tools. */
export const busyboxImage: LocalImage = { name: 'local/busybox:1', command: ['/bin/sh', '-c', 'sleep 3600'] };

/** The Node.js that runs this. */
export const nodeImage: LocalImage = {
  name: 'local/node:1',
  command: ['/bin/node'],
  programs: { [process.execPath]: '/bin/node' },
};

/** Makes an archive of an image, as `ctr images import` reads it; every image has a shell. Others of the same files may go with it. */
export async function makeImage(image: LocalImage, archive: string, others: readonly ImageSettings[] = []): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-image-'));
  try {
    const root = join(folder, 'root');
    await makeRoot(image, root);
    const layer = join(folder, 'layer.tar');
    await execute('tar', ['--numeric-owner', '--owner=0', '--group=0', '-C', root, '-cf', layer, '.']);
    const digest = createHash('sha256')
      .update(await readFile(layer))
      .digest('hex');
    const images = [image, ...others].map((each, index) => ({ image: { ...image, ...each }, config: `config-${index}.json` }));
    for (const each of images) await writeFile(join(folder, each.config), JSON.stringify(describeImage(each.image, digest)));
    const manifest = images.map((each) => ({ Config: each.config, RepoTags: [fullName(each.image)], Layers: ['layer.tar'] }));
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    await execute('tar', ['-C', folder, '-cf', archive, 'manifest.json', ...images.map(({ config }) => config), 'layer.tar']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A registry has a dot in its name. */
function fullName({ name }: LocalImage): string {
  return /^[^/]+\.[^/]+\//.test(name) ? name : `docker.io/${name}`;
}

function describeImage({ command, entrypoint, variables = {}, user }: LocalImage, digest: string) {
  const env = Object.entries({ PATH: '/bin', ...variables }).map(([name, value]) => `${name}=${value}`);
  return {
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { Cmd: command, Env: env, ...(entrypoint && { Entrypoint: entrypoint }), ...(user !== undefined && { User: user }) },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
  };
}

/** Who programs run as: names, where one asks for its own. */
const users = ['root:x:0:0:root:/:/bin/sh', 'server:x:999:999:server:/data:/bin/sh', 'user:x:1000:1000:user:/data:/bin/sh'];

async function makeRoot({ programs = {}, folders = {}, libraries = [], scripts = {} }: LocalImage, root: string): Promise<void> {
  for (const name of ['bin', 'etc', 'tmp', 'var', 'data']) await mkdir(join(root, name), { recursive: true });
  await writeFile(join(root, 'etc', 'passwd'), users.map((line) => `${line}\n`).join(''));
  for (const name of ['tmp', 'data']) await chmod(join(root, name), 0o777);
  await copyShell(root);
  for (const [from, to] of Object.entries(programs)) {
    await copyInto(root, from, to);
  }
  for (const program of [...Object.keys(programs), ...libraries]) {
    for (const library of await listLibraries(program)) await copyInto(root, library, library);
  }
  for (const [from, to] of Object.entries(folders)) {
    await mkdir(dirname(join(root, to)), { recursive: true });
    await execute('cp', ['-a', from, join(root, to)], { maxBuffer: outputBytesMax });
  }
  for (const [path, text] of Object.entries(scripts)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text, { mode: 0o755 });
  }
}

async function copyShell(root: string): Promise<void> {
  await copyInto(root, busybox, '/bin/busybox');
  const { stdout } = await execute(busybox, ['--list']);
  for (const applet of stdout.split('\n').filter((name) => name !== '' && name !== 'busybox')) {
    await symlink('busybox', join(root, 'bin', applet));
  }
}

async function copyInto(root: string, from: string, to: string): Promise<void> {
  await mkdir(dirname(join(root, to)), { recursive: true });
  await copyFile(from, join(root, to));
  await chmod(join(root, to), 0o755);
}

/** What a program loads; none of a static one. */
async function listLibraries(path: string): Promise<readonly string[]> {
  const { stdout } = await execute('ldd', [path]).catch(() => ({ stdout: '' }));
  return [...stdout.matchAll(/(\/[^\s()]+)\s+\(0x/g)].map(([, library = '']) => library);
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** An image that is made of programs of this machine: nothing is pulled. */
export interface LocalImage {
  /** As in `local/busybox:1`. */
  readonly name: string;
  readonly command: readonly string[];
  /** Programs that it holds, with the libraries that they load: path on this machine → path in the image. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Whole folders, likewise. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Programs in these folders, whose libraries it holds too. */
  readonly libraries?: readonly string[];
  readonly user?: string;
}

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

/** Makes an archive of an image, as `ctr images import` reads it; every image has a shell. */
export async function makeImage(image: LocalImage, archive: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-image-'));
  try {
    const root = join(folder, 'root');
    await makeRoot(image, root);
    const layer = join(folder, 'layer.tar');
    await execute('tar', ['--numeric-owner', '--owner=0', '--group=0', '-C', root, '-cf', layer, '.']);
    const digest = createHash('sha256')
      .update(await readFile(layer))
      .digest('hex');
    await writeFile(join(folder, 'config.json'), JSON.stringify(describeImage(image, digest)));
    const manifest = [{ Config: 'config.json', RepoTags: [`docker.io/${image.name}`], Layers: ['layer.tar'] }];
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    await execute('tar', ['-C', folder, '-cf', archive, 'manifest.json', 'config.json', 'layer.tar']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function describeImage({ command, user }: LocalImage, digest: string) {
  return {
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { Cmd: command, Env: ['PATH=/bin'], ...(user !== undefined && { User: user }) },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
  };
}

async function makeRoot({ programs = {}, folders = {}, libraries = [] }: LocalImage, root: string): Promise<void> {
  for (const name of ['bin', 'etc', 'tmp', 'var', 'data']) await mkdir(join(root, name), { recursive: true });
  await writeFile(join(root, 'etc', 'passwd'), 'root:x:0:0:root:/:/bin/sh\nuser:x:1000:1000:user:/data:/bin/sh\n');
  for (const name of ['tmp', 'data']) await chmod(join(root, name), 0o777);
  await copyInto(root, busybox, '/bin/busybox');
  const { stdout } = await execute(busybox, ['--list']);
  for (const applet of stdout.split('\n').filter((name) => name !== '' && name !== 'busybox')) {
    await symlink('busybox', join(root, 'bin', applet));
  }
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

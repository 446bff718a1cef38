import {
  composeFolders,
  describeOwner,
  indexName,
  isSameOwner,
  makeOwner,
  manifestsFolder,
  parseIndex,
  type FileIndex,
  type TargetRequest,
} from '../../core/index.ts';
import { failWith } from './failure.ts';
import { mustRunGit } from './run-git.ts';
import { fetchHead, type Workspace } from './workspace.ts';

export interface HeadFile {
  /** The hash of its content. */
  readonly blob: string;
  /** Whether it is a file, and no link. */
  readonly isPlain: boolean;
  readonly isExecutable: boolean;
}

/** The environment's folder as it is at the head of the branch. */
export interface HeadTree {
  /** Absent where the branch does not exist. */
  readonly commit?: string;
  readonly index: FileIndex;
  readonly hasIndex: boolean;
  /** By path relative to the folder. */
  readonly files: ReadonlyMap<string, HeadFile>;
}

/** Fetches the branch and lists the environment's folder. Reports: T6002, T6003, T6006, T6105. */
export async function readHead(workspace: Workspace, request: TargetRequest): Promise<HeadTree> {
  const owner = makeOwner(request.context);
  const commit = await fetchHead(workspace);
  if (commit === undefined) return { index: { owner, files: {} }, hasIndex: false, files: new Map() };
  await checkWay(workspace, commit);
  const files = await listFiles(workspace, commit);
  const entry = files.get(indexName);
  if (!entry) return { commit, index: { owner, files: {} }, hasIndex: false, files };
  const bytes = entry.isPlain ? (await readBlobs(workspace, [entry.blob])).get(entry.blob) : undefined;
  return { commit, index: checkIndex(workspace, owner, bytes?.toString('utf8')), hasIndex: true, files };
}

function checkIndex({ place }: Workspace, owner: FileIndex['owner'], text: string | undefined): FileIndex {
  const index = text === undefined ? undefined : parseIndex(text);
  const where = `"${place.path}" on ${place.branch} of ${place.shown}`;
  if (!index) throw failWith('T6006', `"${indexName}" in ${where} is not as tutti wrote it.`);
  if (!isSameOwner(index.owner, owner)) {
    throw failWith('T6002', `${where} belongs to ${describeOwner(index.owner)}; ${describeOwner(owner)} cannot be deployed there.`);
  }
  return index;
}

/** Everything on the way to the objects is a folder: where a file or a link stands, writing below it would replace it. */
async function checkWay({ gitDir, signal, place }: Workspace, commit: string): Promise<void> {
  const segments = place.path.split('/').filter((segment) => segment !== '');
  const own = [manifestsFolder, ...composeFolders].map((folder) => [...segments, folder].join('/'));
  const way = [...segments.map((_, index) => segments.slice(0, index + 1).join('/')), ...own];
  const listed = await mustRunGit({ gitDir, signal, args: ['ls-tree', '-z', '--full-tree', commit, '--', ...way] });
  const lines = listed.toString('utf8').split('\0');
  const files = lines.filter((line) => !line.startsWith('040000 ')).map((line) => line.slice(line.indexOf('\t') + 1));
  const blocking = files.filter((path) => way.includes(path));
  if (blocking.length === 0) return;
  throw failWith(
    'T6003',
    `"${blocking.join(', ')}" on ${place.branch} of ${place.shown} is no folder, and the environment shall be written below it.`,
  );
}

async function listFiles({ gitDir, signal, place }: Workspace, commit: string): Promise<HeadTree['files']> {
  const prefix = place.path === '' ? '' : `${place.path}/`;
  const scope = place.path === '' ? [] : ['--', prefix];
  const listed = await mustRunGit({
    gitDir,
    signal,
    args: ['ls-tree', '-r', '-z', '--full-tree', commit, ...scope],
  });
  const entries = listed
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '');
  return new Map(
    entries.map((line) => {
      const [mode = '', , blob = ''] = line.slice(0, line.indexOf('\t')).split(' ');
      return [
        line.slice(line.indexOf('\t') + 1 + prefix.length),
        { blob, isPlain: mode === '100644' || mode === '100755', isExecutable: mode === '100755' },
      ];
    }),
  );
}

/** Reads contents by their hashes. */
export async function readBlobs({ gitDir, signal }: Workspace, blobs: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (blobs.length === 0) return contents;
  const output = await mustRunGit({ gitDir, signal, args: ['cat-file', '--batch'], input: `${blobs.join('\n')}\n` });
  let start = 0;
  while (start < output.length) {
    const lineEnd = output.indexOf('\n', start);
    const [blob = '', , size = '0'] = output.toString('utf8', start, lineEnd).split(' ');
    const end = lineEnd + 1 + Number(size);
    contents.set(blob, output.subarray(lineEnd + 1, end));
    start = end + 1;
  }
  return contents;
}

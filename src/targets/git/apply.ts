import {
  canonicalJson,
  chooseFiles,
  diagnose,
  extendIndex,
  shortenIndex,
  type Outcome,
  type PlacedFile,
  type PrintedFile,
  type TargetReceipt,
  type TargetRequest,
  type TargetWrite,
} from '../../core/index.ts';
import { isExecutable, makeCommit, type CommitContent } from './commit.ts';
import { catchFailure, failWith, GitFailure } from './failure.ts';
import { readHead, type HeadTree } from './head-tree.ts';
import { hashBlob } from './hash-blob.ts';
import { identifyCommit } from './message.ts';
import { printPlain } from './print-plain.ts';
import { pushCommit } from './push.ts';
import { makeReceipt } from './receipt.ts';
import { mustRunGit } from './run-git.ts';
import { inWorkspace, type Workspace } from './workspace.ts';

const attemptsMax = 6;

/** Makes the environment's folder hold the desired objects, in one commit on top of the branch. */
export function applyObjects(request: TargetRequest, write: TargetWrite): Promise<Outcome<TargetReceipt>> {
  return catchFailure(() => applyContent(request, (workspace, head) => chooseContent(workspace, head, write)));
}

type ChooseContent = (workspace: Workspace, head: HeadTree) => Promise<CommitContent | undefined>;

/**
 * Commits and pushes what is chosen.
 * Rule: when somebody else pushed meanwhile, the same change is made again on top of theirs, unless they changed a file that it touches.
 */
export function applyContent(request: TargetRequest, choose: ChooseContent): Promise<TargetReceipt> {
  return inWorkspace(request, async (workspace) => {
    const first = await readHead(workspace, request);
    let head = first;
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const content = await choose(workspace, head);
      if (!content) return makeReceipt(workspace, request, await findOwnCommit(workspace, request, head));
      refuseMeddling(first, content);
      const commit = await makeCommit(workspace, request, content);
      if ((await pushCommit(workspace, commit)) === 'pushed') return makeReceipt(workspace, request, commit);
      head = await readHead(workspace, request);
    }
    const { branch, shown } = workspace.place;
    throw failWith('T6108', `${branch} of ${shown} had moved on each of the ${attemptsMax} times that the commit was to be pushed.`);
  });
}

/** What the commit holds; nothing where nothing has to change. */
async function chooseContent(workspace: Workspace, head: HeadTree, write: TargetWrite): Promise<CommitContent | undefined> {
  const present = new Set(
    [...head.files].filter(([path, { isPlain }]) => isPlain || !Object.hasOwn(head.index.files, path)).map(([path]) => path),
  );
  const { foreign, writes, leaving } = chooseFiles(head.index, write, present);
  refuseForeign(workspace, foreign);
  const printed = await Promise.all(writes.map(async (placed): Promise<PrintedFile> => ({ placed, bytes: await printPlain(placed) })));
  const index = shortenIndex(extendIndex(head.index, printed), leaving);
  const written = printed.filter((file) => isNew(head, index, file));
  return written.length > 0 || leaving.length > 0 ? { head, printed: written, leaving, index } : undefined;
}

function isNew({ files, index }: HeadTree, next: HeadTree['index'], { placed, bytes }: PrintedFile): boolean {
  const { path } = placed;
  const [before, after] = [index.files[path], next.files[path]];
  if (!before || !after || canonicalJson(before) !== canonicalJson(after)) return true;
  const present = files.get(path);
  return present?.blob !== hashBlob(bytes) || present.isExecutable !== isExecutable(placed);
}

function refuseForeign({ place }: Workspace, foreign: readonly PlacedFile[]): void {
  if (foreign.length === 0) return;
  const where = `"${place.path}" on ${place.branch} of ${place.shown}`;
  throw new GitFailure(
    foreign.map(({ path, objects }) =>
      diagnose('T6003', { detail: `"${path}" in ${where} was not written by tutti, and ${objects[0]?.key} shall be written there.` }),
    ),
  );
}

/** Between two attempts nobody may have changed what this deployment is about to overwrite. */
function refuseMeddling(first: HeadTree, { head, printed, leaving }: CommitContent): void {
  const touched = [...printed.map(({ placed }) => placed.path), ...leaving];
  const meddled = touched.filter((path) => first.files.get(path)?.blob !== head.files.get(path)?.blob);
  if (meddled.length > 0) throw failWith('T6110', `Somebody else pushed other content of ${meddled.join(', ')}.`);
}

/** The head, if it is the commit of this very deployment: its answer was lost, or the process that made it died. */
async function findOwnCommit(
  { gitDir, signal }: Workspace,
  { deployment }: TargetRequest,
  { commit }: HeadTree,
): Promise<string | undefined> {
  if (commit === undefined) return undefined;
  const message = await mustRunGit({ gitDir, signal, args: ['log', '-1', '--format=%B', commit] });
  return message.toString('utf8').split('\n').includes(identifyCommit(deployment)) ? commit : undefined;
}

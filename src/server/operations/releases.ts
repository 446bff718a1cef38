import type { OperationInput } from '../../contract/index.ts';
import { hasErrors, readPlatform, succeed, type Outcome, type Platform, type ReleaseRecord, type TextFile } from '../../core/index.ts';
import type { FileServices } from '../services.ts';
import { showPlatform } from '../views/platform.ts';
import { onFiles, onRecords, type Handler } from './handler.ts';
import { located } from './locate-problems.ts';
import { readWholePlatform } from './read-input.ts';

export const handlers: readonly Handler[] = [
  onFiles('releases.validate', async ({ input: { body }, files }) => {
    const checked = await checkFiles(body.files, files);
    return checked.value ? succeed(showPlatform(checked.value), checked.diagnostics) : { diagnostics: checked.diagnostics };
  }),
  onRecords('releases.list', async ({ store }) => succeed({ releases: (await store.releases.list()).map(showRelease) })),
  onRecords('releases.create', async ({ store, files, input: { body }, caller }) => {
    const checked = await checkFiles(body.files, files);
    if (!checked.value) return { diagnostics: checked.diagnostics };
    const { value, diagnostics } = await store.releases.create(
      { files: sortFiles(body.files), digest: checked.value.digest },
      caller.actor,
    );
    const all = [...checked.diagnostics, ...diagnostics];
    return value && !hasErrors(all)
      ? succeed({ release: showRelease(value), platform: showPlatform(checked.value) }, all)
      : { diagnostics: all };
  }),
  onRecords('releases.show', async ({ store, input }) => {
    const found = await store.releases.find(numberOf(input.release));
    if (!found.value) return { diagnostics: found.diagnostics };
    const files = await store.releases.files(found.value.number);
    if (!files.value) return { diagnostics: files.diagnostics };
    const platform = readPlatform(files.value);
    if (!platform.value) return { diagnostics: platform.diagnostics };
    return succeed({ release: showRelease(found.value), platform: showPlatform(platform.value), files: files.value });
  }),
];

function numberOf(release: OperationInput<'releases.show'>['release']): number | undefined {
  return release === 'newest' ? undefined : release;
}

function showRelease({ number, digest, createdAt, createdBy }: ReleaseRecord): ReleaseRecord {
  return { number, digest, createdAt, createdBy };
}

/** The configured documents alone, checked together with the built-in ones. */
async function checkFiles(files: readonly TextFile[], services: FileServices): Promise<Outcome<Platform>> {
  const whole = await readWholePlatform(files, services);
  if (!whole.value) return located({ diagnostics: whole.diagnostics }, files);
  const configured = readPlatform(files);
  return located(configured.value ? succeed(configured.value, whole.diagnostics) : configured, files);
}

/** Files in one order, so that the order in which they were sent makes no other release. */
function sortFiles(files: readonly TextFile[]): readonly TextFile[] {
  return files.map(({ file, text }) => ({ file, text })).toSorted((left, right) => (left.file < right.file ? -1 : 1));
}

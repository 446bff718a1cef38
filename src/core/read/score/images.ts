import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose, fail, succeed } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';

/** Images that are supplied at deploy time, by `WORKLOAD` or `WORKLOAD/CONTAINER`, or by `*`, the one workload there is. */
export type Images = Readonly<Record<string, string>>;

/** What choosing an image needs to know of a workload. */
export interface ImageSubject {
  readonly workload: string;
  /** By container name: what the Score file says. */
  readonly images: Readonly<Record<string, string>>;
}

/** The image that a Score file leaves to the one who deploys. */
const openImage = '.';

/** The key of an image that names no workload. */
const anyWorkload = '*';

/** Supplied images by workload and container. */
type Assignment = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Decides which container each supplied image is for.
 * Rule: `WORKLOAD/CONTAINER` is for that container, whatever it says; `WORKLOAD` for its containers with `.`, if there are none for its only container;
 * `*` for the containers with `.` of the only workload.
 * Reports: T1203 – T1207.
 */
export function assignImages(images: Images, subjects: readonly ImageSubject[], otherNames: readonly string[]): Outcome<Assignment> {
  const assignment = new Map(subjects.map(({ workload }) => [workload, new Map<string, string>()]));
  const diagnostics: Diagnostic[] = [];
  // The more exact form comes last, so that it wins.
  const entries = Object.entries(images).toSorted(([left], [right]) => rankKey(left) - rankKey(right));
  for (const [key, image] of entries) {
    if (key === anyWorkload && otherNames.length > 0) continue;
    const workload = key === anyWorkload ? (subjects[0]?.workload ?? '') : (key.split('/', 1)[0] ?? key);
    if (otherNames.includes(workload)) continue;
    const chosen = chooseContainers({ key, workload, image }, subjects);
    diagnostics.push(...checkReference(key, image), ...chosen.diagnostics);
    // A reference that cannot be used is assigned all the same, so that its container is not said to have none.
    for (const container of chosen.value ?? []) assignment.get(workload)?.set(container, image);
  }
  return succeed(assignment, diagnostics);
}

function rankKey(key: string): number {
  if (key === anyWorkload) return 0;
  return key.includes('/') ? 2 : 1;
}

function checkReference(key: string, image: string): readonly Diagnostic[] {
  if (image !== openImage && /^\S+$/.test(image)) return [];
  const whom = key === anyWorkload ? '' : ` for ${quote(key)}`;
  const detail = `${quote(image)}, supplied${whom}, is no image reference. Give one such as registry.example/web:1.2.3.`;
  return [diagnose('T1205', { detail })];
}

interface Supplied {
  readonly key: string;
  readonly workload: string;
  readonly image: string;
}

function chooseContainers({ key, workload, image }: Supplied, subjects: readonly ImageSubject[]): Outcome<readonly string[]> {
  if (key === anyWorkload) return chooseAnyOpen(subjects, image);
  const subject = subjects.find((each) => each.workload === workload);
  if (!subject)
    return fail(
      describeUnknown(
        `workload ${quote(workload)}`,
        workload,
        subjects.map((each) => each.workload),
      ),
    );
  const names = Object.keys(subject.images);
  if (key === workload) return chooseOpen(subject, names);
  const container = key.slice(workload.length + 1);
  if (names.includes(container)) return succeed([container]);
  return fail(describeUnknown(`container ${quote(container)} in the workload ${quote(workload)}`, container, names));
}

/** As the Score tools do: an image that names nothing fills what was left open, and where nothing was it changes nothing. */
function chooseAnyOpen(subjects: readonly ImageSubject[], image: string): Outcome<readonly string[]> {
  const [subject] = subjects;
  if (subjects.length > 1) {
    const names = subjects.map(({ workload }) => `--image ${workload}=${image}`).slice(0, 5);
    return fail(diagnose('T1207', { detail: `There are ${subjects.length} workloads. Say which one is meant: ${names.join(' or ')}.` }));
  }
  if (!subject) return succeed([]);
  const open = listOpen(subject);
  if (open.length > 0) return succeed(open);
  const [container = 'CONTAINER'] = Object.keys(subject.images);
  const detail = `No container of ${quote(subject.workload)} has the image \`.\`. To replace the image of one: --image ${subject.workload}/${container}=${image}.`;
  return succeed([], [diagnose('T1206', { detail })]);
}

function listOpen({ images }: ImageSubject): readonly string[] {
  return Object.keys(images).filter((name) => images[name] === openImage);
}

function describeUnknown(what: string, name: string, known: readonly string[]): Diagnostic {
  const detail = `There is no ${what}.${didYouMean(name, known)} There is ${known.length === 0 ? 'none' : known.map(quote).join(', ')}.`;
  return diagnose('T1203', { detail });
}

function chooseOpen(subject: ImageSubject, names: readonly string[]): Outcome<readonly string[]> {
  const { workload } = subject;
  const open = listOpen(subject);
  if (open.length > 0) return succeed(open);
  if (names.length === 1) return succeed(names);
  const detail = `No container of ${quote(workload)} has the image \`.\`. Name the one that is meant: ${names.map((name) => `--image ${workload}/${name}=REF`).join(' or ')}.`;
  return fail(diagnose('T1204', { detail }));
}

/** The image of a container: the supplied one, else its own unless that is `.`. Reports: T1202. */
export function chooseImage(subject: ImageSubject & { readonly container: string }, assignment: Assignment, place: Place): Outcome<string> {
  const { workload, container, images } = subject;
  const supplied = assignment.get(workload)?.get(container);
  if (supplied !== undefined) return succeed(supplied);
  const own = images[container] ?? openImage;
  if (own !== openImage) return succeed(own);
  const openCount = Object.values(images).filter((image) => image === openImage).length;
  const key = openCount > 1 ? `${workload}/${container}` : workload;
  const detail = `The container ${quote(container)} of ${quote(workload)} has the image \`.\`. Say which one it is: --image ${key}=REF.`;
  return fail(diagnose('T1202', { place, detail }));
}

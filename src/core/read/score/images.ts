import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose, fail, succeed } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';

/** Images that are supplied at deploy time, by `WORKLOAD` or `WORKLOAD/CONTAINER`. */
export type Images = Readonly<Record<string, string>>;

/** What choosing an image needs to know of a workload. */
export interface ImageSubject {
  readonly workload: string;
  /** By container name: what the Score file says. */
  readonly images: Readonly<Record<string, string>>;
}

/** The image that a Score file leaves to the one who deploys. */
const openImage = '.';

/** Supplied images by workload and container. */
type Assignment = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Decides which container each supplied image is for.
 * Rule: `WORKLOAD/CONTAINER` is for that container, whatever it says; `WORKLOAD` for its containers with `.`, if there are none for its only container.
 * Reports: T1203 – T1205.
 */
export function assignImages(images: Images, subjects: readonly ImageSubject[], otherNames: readonly string[]): Outcome<Assignment> {
  const assignment = new Map(subjects.map(({ workload }) => [workload, new Map<string, string>()]));
  const diagnostics: Diagnostic[] = [];
  // The longer form comes last, so that it wins.
  const entries = Object.entries(images).toSorted(([left], [right]) => Number(left.includes('/')) - Number(right.includes('/')));
  for (const [key, image] of entries) {
    const workload = key.split('/', 1)[0] ?? key;
    if (otherNames.includes(workload)) continue;
    const chosen = chooseContainers({ key, workload, image }, subjects);
    diagnostics.push(...chosen.diagnostics);
    for (const container of chosen.value ?? []) assignment.get(workload)?.set(container, image);
  }
  return succeed(assignment, diagnostics);
}

interface Supplied {
  readonly key: string;
  readonly workload: string;
  readonly image: string;
}

function chooseContainers({ key, workload, image }: Supplied, subjects: readonly ImageSubject[]): Outcome<readonly string[]> {
  if (image === openImage || !/^\S+$/.test(image)) {
    return fail(
      diagnose('T1205', {
        detail: `${quote(image)}, supplied for ${quote(key)}, is no image reference. Give one such as registry.example/web:1.2.3.`,
      }),
    );
  }
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

function describeUnknown(what: string, name: string, known: readonly string[]): Diagnostic {
  const detail = `There is no ${what}.${didYouMean(name, known)} There is ${known.length === 0 ? 'none' : known.map(quote).join(', ')}.`;
  return diagnose('T1203', { detail });
}

function chooseOpen({ workload, images }: ImageSubject, names: readonly string[]): Outcome<readonly string[]> {
  const open = names.filter((name) => images[name] === openImage);
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

import { failTemplate } from '../fault.ts';
import type { GoValue } from '../values/incoming.ts';
import type { Val } from '../values/value.ts';

/** How much a template may do and write. */
export interface TemplateBudget {
  readonly stepsMax: number;
  /** Of the output, and of every text on the way. */
  readonly sizeBytesMax: number;
}

/** A function of the caller: plain data in, plain data or what is wrong out. */
export type TemplateFunction = (...args: readonly GoValue[]) => { readonly value: GoValue } | { readonly problem: string };

/** What a template is given beside its data. */
export interface TemplateSurroundings {
  /** ISO instant: what `now` gives. Read only where a template asks for the time. */
  readonly now: string;
  /** Bytes that are the same in every rendering; the name is the place of the call in the template and how often it ran before. */
  readonly randomBytes: (name: string, length: number) => Uint8Array;
  /** Told of every text that was made of random bytes, so that it can be kept secret. */
  readonly onRandom?: (text: string) => void;
  readonly functions?: Readonly<Record<string, TemplateFunction>>;
  readonly budget?: TemplateBudget;
}

export const defaultBudget: TemplateBudget = { stepsMax: 1_000_000, sizeBytesMax: 4 * 1024 * 1024 };

/** Blocks, calls of templates and values within each other: each takes some of the stack. */
const depthMax = 300;

export interface Draws {
  readonly place: string;
  readonly count: number;
}

/** One rendering, as it goes on. */
export interface Run {
  stepsLeft: number;
  readonly sizeBytesMax: number;
  out: string;
  outBytes: number;
  depth: number;
  /** Where in the text the run is. */
  at: number;
  /** The function or field concerned. */
  near: string | undefined;
  /** How often random bytes have been drawn at a place, and its name. */
  readonly draws: Map<number, Draws>;
  readonly text: string;
  readonly surroundings: TemplateSurroundings;
}

/** A function as the interpreter calls it. */
export type CalledFunction = (args: readonly Val[], run: Run) => Val;

/** Takes steps off the budget. */
export function spend(run: Run, steps: number): void {
  run.stepsLeft -= steps;
  if (run.stepsLeft < 0)
    failTemplate('the template does more than it may, and is ended here; does it repeat or call itself without an end?');
}

/** A text of this many characters costs one step. */
const freeSize = 64;

/** Checks the size of a text before it is made, and charges for it. */
export function claim(run: Run, size: number): void {
  if (!(size <= run.sizeBytesMax)) failTemplate(`a text of ${size} bytes would be made here; at most ${run.sizeBytesMax} may be`);
  if (size >= freeSize) spend(run, Math.ceil(size / freeSize));
}

/** Goes one level deeper; `leave` must follow. */
export function enter(run: Run): void {
  run.depth++;
  if (run.depth > depthMax) failTemplate(`more than ${depthMax} blocks, templates or values are within each other here`);
}

export function leave(run: Run): void {
  run.depth--;
}

/** Appends to the output. */
export function write(run: Run, text: string, bytes: number): void {
  run.outBytes += bytes;
  if (run.outBytes > run.sizeBytesMax) failTemplate(`the output grows beyond ${run.sizeBytesMax} bytes here`);
  run.out += text;
}

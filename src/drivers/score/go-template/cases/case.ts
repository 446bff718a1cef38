import type { GoValue } from '../values/incoming.ts';

/** A template with its data, and what Go and Sprig make of it by their documentation. */
export type TemplateCase = {
  readonly text: string;
  readonly data?: GoValue;
} & ({ readonly gives: string } | { readonly fails: string });

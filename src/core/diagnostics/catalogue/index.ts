import { api } from './api.ts';
import { carryingOut } from './carrying-out.ts';
import { cli } from './cli.ts';
import { create } from './create.ts';
import { drivers } from './drivers.ts';
import { expressions } from './expressions.ts';
import { graph } from './graph.ts';
import { matching } from './matching.ts';
import { placeholders } from './placeholders.ts';
import { plan } from './plan.ts';
import { records } from './records.ts';
import { readingPlatform } from './reading-platform.ts';
import { reading } from './reading.ts';
import { store } from './store.ts';
import { targets } from './targets.ts';

/** Every code that tutti reports, by area: T1… reading to T9… command line. */
export const catalogue = {
  ...reading,
  ...readingPlatform,
  ...matching,
  ...expressions,
  ...graph,
  ...placeholders,
  ...plan,
  ...create,
  ...drivers,
  ...carryingOut,
  ...targets,
  ...store,
  ...records,
  ...api,
  ...cli,
};

export type Code = keyof typeof catalogue;

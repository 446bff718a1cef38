import type { Chapter } from './rule.ts';
import { chapter as cli } from './rules/cli.ts';
import { chapter as compose } from './rules/compose.ts';
import { chapter as containers } from './rules/containers.ts';
import { chapter as document } from './rules/document.ts';
import { chapter as files } from './rules/files.ts';
import { chapter as identity } from './rules/identity.ts';
import { chapter as images } from './rules/images.ts';
import { chapter as kubernetes } from './rules/kubernetes.ts';
import { chapter as needs } from './rules/needs.ts';
import { chapter as overrides } from './rules/overrides.ts';
import { chapter as patches } from './rules/patches.ts';
import { chapter as placeholders } from './rules/placeholders.ts';
import { chapter as probes } from './rules/probes.ts';
import { chapter as provisioners } from './rules/provisioners.ts';
import { chapter as requirements } from './rules/requirements.ts';
import { chapter as service } from './rules/service.ts';
import { chapter as types } from './rules/types.ts';
import { chapter as volumes } from './rules/volumes.ts';

/** In the order of the page. */
export const chapters: readonly Chapter[] = [
  document,
  service,
  containers,
  files,
  volumes,
  probes,
  needs,
  placeholders,
  identity,
  requirements,
  cli,
  overrides,
  images,
  provisioners,
  patches,
  types,
  kubernetes,
  compose,
];

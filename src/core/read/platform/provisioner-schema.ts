import * as z from 'zod';
import { closed } from '../score/schema.ts';

/** Entries of Score provisioner files, as score-compose 0.45 and score-k8s 0.15 read them. */

const text = z.string();
const names = z.array(text).nullish();
const template = text.nullish();

/** What every entry has, whatever carries it out. */
const common = {
  uri: text.regex(/^[a-z][a-z0-9+.-]*:\/\/./, { error: 'an address such as template://name, cmd://program or local-env://name' }),
  class: text.nullish(),
  id: text.nullish(),
  description: text.nullish(),
  supported_params: names,
  expected_outputs: names,
};

const type = text.min(1);

/** Templates that only one of the two tools reads: they say for which format an entry is. */
export const kubernetesKeys = ['manifests'] as const;
export const composeKeys = ['directories', 'files', 'networks', 'services', 'volumes', 'models', 'info_logs'] as const;

const templates = ['init', 'state', 'shared', 'outputs', ...kubernetesKeys, ...composeKeys] as const;

const templateShape = Object.fromEntries(templates.map((key) => [key, template]));

const looseMap = z.unknown();

export const schemes = {
  template: closed({ ...common, type, ...templateShape }),
  cmd: closed({ ...common, type, args: z.array(text).nullish(), params: looseMap.optional(), outputs: looseMap.optional() }),
  'local-env': closed({ ...common, type: type.optional() }),
} as const;

export type Scheme = keyof typeof schemes;

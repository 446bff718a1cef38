import type { TemplateFunction } from '../go-template/run/run.ts';

/** Writes a reference to a key of a Secret as the tools do. */
export const encodeSecretRef: TemplateFunction = (name, key, ...rest) => {
  if (typeof name !== 'string' || typeof key !== 'string' || rest.length > 0)
    return { problem: 'encodeSecretRef takes the name of a Secret and a key of it' };
  return { value: `🔐💬${name}_${key}💬🔐` };
};

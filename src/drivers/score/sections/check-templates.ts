import type { Diagnostic, JsonObject } from '../../../core/index.ts';
import { checkSection, sectionNames } from './render-section.ts';

/** Says which templates of a provisioner are not well-formed, or call what is not there. Reports: T5201. */
export function checkTemplates(inputs: JsonObject): readonly Diagnostic[] {
  return sectionNames.flatMap((name) => {
    const text = inputs[name];
    return typeof text === 'string' ? checkSection(name, text) : [];
  });
}

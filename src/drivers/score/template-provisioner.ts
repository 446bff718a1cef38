import type { Diagnostic, DriverRequest } from '../../core/index.ts';
import type { ProvisionerContext } from './context.ts';
import { encodeSecretRef } from './secrets/encode-reference.ts';
import type { Provisioned } from './provisioned.ts';
import { drawBytes } from './random.ts';
import { noteRandom, type KnownTexts } from './secrets/known-texts.ts';
import type { SectionRun } from './sections/render-section.ts';
import { runTemplates } from './sections/run-templates.ts';

/** Runs a `template://` provisioner. Reports: T5201–T5203. */
export function provisionByTemplates(
  context: ProvisionerContext,
  request: DriverRequest,
  { known, diagnostics }: { readonly known: KnownTexts; readonly diagnostics: Diagnostic[] },
): Provisioned | undefined {
  let seed: string | undefined;
  let now: string | undefined;
  const run: SectionRun = {
    uid: context.uid,
    inputs: request.inputs,
    diagnostics,
    surroundings: {
      // Kept with the resource only where a template asks for it.
      get now() {
        return (now ??= request.secrets.firstPlanned());
      },
      functions: { encodeSecretRef },
      onRandom: (text) => noteRandom(known, text),
    },
    randomBytes: (section, position, length) => drawBytes((seed ??= request.secrets.seed('@templates')), `${section}:${position}`, length),
  };
  return runTemplates(context, request.context.format, run);
}

import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose } from '../../diagnostics/report.ts';

/** Reports: T4125 for each name that no env file can have. */
export function refuseNames(names: readonly string[], place: Place): readonly Diagnostic[] {
  return names.map((name) =>
    diagnose('T4125', {
      detail: `The variable ${quote(name)} holds a secret, which has to stand in an env file; such a name has letters, digits, "_", "." and "-" alone.`,
      place: extendPlace(place, name),
    }),
  );
}

import { invariant } from '../../diagnostics/invariant.ts';
import type { Platform } from '../../model/platform.ts';
import { printDocuments } from '../../read/print-yaml.ts';
import { readPlatform } from '../../read/platform/read-platform.ts';
import { profilesFile } from './profiles.ts';
import { resourceDocuments, targetFile } from './resources.ts';

/** The texts of the built-in platform, by the names that diagnostics give them. */
function printBuiltinFiles() {
  return [
    { file: 'builtin/profiles.yaml', text: profilesFile },
    { file: 'builtin/resources.yaml', text: printDocuments(resourceDocuments, { keyOrder: 'given' }) },
    { file: 'builtin/target.yaml', text: targetFile },
  ];
}

/** Reads the built-in platform from its documents, as any other is read. */
export function readBuiltinPlatform(): Platform {
  const { value, diagnostics } = readPlatform(printBuiltinFiles(), 'builtin');
  invariant(value, `the built-in platform is sound: ${diagnostics.map((each) => each.detail).join('; ')}`);
  return value;
}

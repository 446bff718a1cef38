import { invariant } from '../../diagnostics/invariant.ts';
import type { Platform } from '../../model/platform.ts';
import { readPlatform } from '../../read/platform/read-platform.ts';
import { profilesFile } from './profiles.ts';
import { resourcesFile, targetFile } from './resources.ts';

/** The texts of the built-in platform, by the names that diagnostics give them. */
const builtinFiles = [
  { file: 'builtin/profiles.yaml', text: profilesFile },
  { file: 'builtin/resources.yaml', text: resourcesFile },
  { file: 'builtin/target.yaml', text: targetFile },
] as const;

/** Reads the built-in platform from its documents, as any other is read. */
export function readBuiltinPlatform(): Platform {
  const { value, diagnostics } = readPlatform(builtinFiles, 'builtin');
  invariant(value, `the built-in platform is sound: ${diagnostics.map((each) => each.detail).join('; ')}`);
  return value;
}

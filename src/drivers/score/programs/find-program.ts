import { isAbsolute, join } from 'node:path';
import type { AllowedPrograms } from './policy.ts';

/** The program that a `cmd://` address means: a name to be looked up in PATH, or a path. */
export type FoundProgram = { readonly command: string } | { readonly problem: string };

/**
 * Reads the address of a program.
 * Rule: `cmd://name` is looked up in PATH; `./`, `../` and `~/` begin at the folder, above it, and at home; `cmd:///path` is absolute. What
 * comes after `#` only tells entries apart. User, port and query mean nothing, so they are refused.
 */
export function findProgram(uri: string, { folder, home }: Pick<AllowedPrograms, 'folder' | 'home'>): FoundProgram {
  const [address = ''] = uri.slice('cmd://'.length).split('#');
  if (address === '') return { problem: 'it names no program' };
  if (/[?@\0]/.test(address)) return { problem: 'an address of a program has neither user nor query' };
  const decoded = decode(address);
  if (decoded === undefined) return { problem: 'it holds a "%" that begins no escape' };
  if (isAbsolute(decoded)) return { command: decoded };
  if (/^\.\.?\//.test(decoded)) return { command: join(folder, decoded) };
  if (decoded.startsWith('~/')) return { command: join(home, decoded.slice(2)) };
  if (/:\d+$/.test(decoded)) return { problem: 'an address of a program has no port' };
  if (decoded.includes('/')) return { problem: 'a path begins with "./", "../", "~/" or "/"' };
  return { command: decoded };
}

function decode(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}

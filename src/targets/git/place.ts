import { resolve } from 'node:path';
import type { TargetRequest } from '../../core/index.ts';
import { failWith } from './failure.ts';

/** Where in which repository an environment lies. */
export interface GitPlace {
  /** What git is given: an absolute path or an address. */
  readonly repository: string;
  /** As people are told, without a password. */
  readonly shown: string;
  readonly isLocal: boolean;
  readonly branch: string;
  /** The folder, with `/` and none at either end; empty for the root. */
  readonly path: string;
}

/** Takes the inputs, and refuses what could run a command or lead elsewhere. Reports: T6004, T6102, T6103. */
export function choosePlace({ inputs, context, baseDir }: TargetRequest): GitPlace {
  const repository = typeof inputs['repository'] === 'string' ? inputs['repository'] : '';
  const branch = typeof inputs['branch'] === 'string' ? inputs['branch'] : 'main';
  const path = typeof inputs['path'] === 'string' ? inputs['path'] : `${context.project}/${context.environment}`;
  const isLocal = !isAddress(repository);
  return {
    repository: isLocal ? resolve(baseDir, repository) : repository,
    shown: hidePassword(repository),
    isLocal,
    branch: checkBranch(branch),
    path: checkPath(path),
  };
}

const control = /[\p{Cc}]/u;
const scheme = /^([a-z][a-z0-9+.-]*):\/\//i;
const secureShell = /^(?:[\w.-]+@)?[\w.-]+:(?!:).+$/;
const protocols = ['file', 'https', 'ssh'];

/** Says whether it is an address rather than a path. Git runs commands for some, so only those that are known are let through. */
function isAddress(repository: string): boolean {
  const protocol = scheme.exec(repository)?.[1]?.toLowerCase();
  const isUnknown = repository === '' || (protocol !== undefined && !protocols.includes(protocol));
  const isOption = repository.startsWith('-') || /^[^/]*@-/.test(repository) || /:\/\/([^/]*@)?-/.test(repository);
  if (isUnknown || isOption || control.test(repository) || /^[a-z0-9+.-]+::/i.test(repository)) {
    throw failWith('T6102', `"${hidePassword(repository)}" is neither a path nor an address of the protocols ${protocols.join(', ')}.`);
  }
  return protocol !== undefined || secureShell.test(repository);
}

function hidePassword(repository: string): string {
  return repository.replace(/:\/\/[^/@]*@/, '://…@');
}

function checkBranch(branch: string): string {
  const isGood = /^[\w][\w./+-]*$/.test(branch) && !/\.\.|\/\/|\/\.|\.lock(\/|$)|[/.]$/.test(branch) && branch.length <= 200;
  if (!isGood) throw failWith('T6103', `"${branch}" is not the name of a branch.`);
  return branch;
}

function checkPath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const isGood = segments.every((segment) => segment !== '..' && segment.toLowerCase() !== '.git' && !/["\\]/.test(segment));
  if (!isGood || control.test(path) || path.startsWith('/')) {
    throw failWith('T6004', `The path "${path}" leads out of the repository, or into what belongs to Git.`);
  }
  return segments.join('/');
}

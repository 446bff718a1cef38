import { failTemplate } from '../fault.ts';
import { timeMethods } from '../sprig/time-methods.ts';
import { versionMethods } from '../sprig/version-methods.ts';
import { typeName } from '../values/types.ts';
import { getKey, type GoStruct, type GoTime, type GoVersion, type Val } from '../values/value.ts';
import type { Run } from './run.ts';

/** `.name` of a value: an entry, a field, or what a method without arguments gives. */
export function readMember(value: Val, name: string, run: Run): Val {
  if (value === undefined) return undefined;
  if (value === null) return failTemplate(`nil pointer evaluating interface {}.${name}`);
  if (typeof value !== 'object') return failMember(value, name);
  switch (value.kind) {
    case 'map':
      return getKey(value, name);
    case 'struct':
      return readField(value, name);
    case 'time':
    case 'version':
      return callMember(value, { name, args: [], run });
    default:
      return failMember(value, name);
  }
}

function readField(struct: GoStruct, name: string): Val {
  const value = struct.fields.get(name);
  return value === undefined ? failMember(struct, name) : value;
}

function failMember(value: Val, name: string): never {
  return failTemplate(`can't evaluate field ${name} in type ${typeName(value)}`);
}

interface MemberCall {
  readonly name: string;
  readonly args: readonly Val[];
  readonly run: Run;
}

/** A method of a time or a version. */
export function callMember(value: Val, { name, args, run }: MemberCall): Val {
  if (typeof value === 'object' && value !== null) {
    if (value.kind === 'time') return callTime(value, { name, args, run });
    if (value.kind === 'version') return callVersion(value, { name, args, run });
    if (value.kind === 'struct') return failTemplate(`${name} has arguments but cannot be invoked as function`);
    if (value.kind === 'map') return failTemplate(`${name} is not a method but has arguments`);
  }
  // The value is none that has methods: what reading it says is what is wrong.
  return readMember(value, name, run);
}

function callTime(value: GoTime, { name, args, run }: MemberCall): Val {
  const method = Object.hasOwn(timeMethods, name) ? timeMethods[name] : undefined;
  if (!method) return failMember(value, name);
  checkCount({ name, args, run }, method.count);
  return method.call(value, args);
}

function callVersion(value: GoVersion, { name, args, run }: MemberCall): Val {
  const method = Object.hasOwn(versionMethods, name) ? versionMethods[name] : undefined;
  if (!method) return failMember(value, name);
  checkCount({ name, args, run }, 0);
  return method(value);
}

function checkCount({ name, args }: MemberCall, count: number): void {
  if (args.length !== count) failTemplate(`wrong number of args for ${name}: want ${count} got ${args.length}`);
}

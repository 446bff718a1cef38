import { operations, type Method, type OperationId } from '../../contract/index.ts';
import { compareText, diagnose, fail, quote, succeed, type Outcome } from '../../core/index.ts';

export interface FoundRoute {
  readonly id: OperationId;
  readonly params: Readonly<Record<string, string>>;
}

interface Route {
  readonly id: OperationId;
  readonly method: Method;
  /** `{name}` for a parameter, else the text itself. */
  readonly segments: readonly string[];
}

const routes = listRoutes();

/**
 * Finds the operation of a method and a path.
 * Rule: segments are decoded one by one, so that a name may hold `/` and `#`; a fixed segment goes before a parameter.
 * Reports: T8003, T8004.
 */
export function findRoute(method: string, path: string): Outcome<FoundRoute> {
  const segments = decodeSegments(path);
  const matching = segments ? routes.filter((route) => isMatching(route, segments)) : [];
  const fixed = Math.max(...matching.map(countFixed));
  const nearest = matching.filter((route) => countFixed(route) === fixed);
  if (!segments || nearest.length === 0) return fail(diagnose('T8003', { detail: `There is nothing at ${quote(path)}.` }));
  const route = nearest.find((each) => each.method === method);
  if (route) return succeed({ id: route.id, params: readParams(route, segments) });
  const known = nearest.map((each) => each.method).toSorted(compareText);
  return fail(diagnose('T8004', { detail: `${quote(path)} takes ${known.join(', ')}, not ${quote(method)}.` }));
}

function listRoutes(): readonly Route[] {
  const ids = Object.keys(operations).filter(isOperationId);
  return ids.map((id) => ({ id, method: operations[id].method, segments: operations[id].path.split('/') }));
}

function isOperationId(id: string): id is OperationId {
  return Object.hasOwn(operations, id);
}

function decodeSegments(path: string): readonly string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function isMatching({ segments }: Route, actual: readonly string[]): boolean {
  if (segments.length !== actual.length) return false;
  return segments.every((segment, index) => (isParameter(segment) ? actual[index] !== '' : actual[index] === segment));
}

function countFixed({ segments }: Route): number {
  return segments.filter((segment) => !isParameter(segment)).length;
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{');
}

function readParams({ segments }: Route, actual: readonly string[]): Readonly<Record<string, string>> {
  const params = segments.flatMap((segment, index) => (isParameter(segment) ? [[segment.slice(1, -1), actual[index] ?? ''] as const] : []));
  return Object.fromEntries(params);
}

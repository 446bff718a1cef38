import type { Place } from '../../diagnostics/diagnostic.ts';
import { compareText } from '../../model/compare.ts';
import type { ComputeResources, Container, Probe } from '../../model/workload.ts';
import { isSecret, isSecretText, type Value, type ValueObject } from '../../model/value.ts';
import type { ResolvedContainer } from '../resolve/resolve-workload.ts';
import { textOf } from './make-object.ts';
import { below, writeList, writeProbe, writeValue, type ProfileWriter, type Write } from './profile-writer.ts';
import { escapeReferences, referToSecrets, type SecretBin } from './secret-env.ts';

export interface ContainerRequest {
  readonly name: string;
  readonly container: ResolvedContainer;
  /** What the profile says of every container. */
  readonly template: ValueObject;
  readonly mounts: readonly ValueObject[];
  readonly bin: SecretBin;
  readonly pointer: string;
  readonly place: Place;
}

/** Writes what Score says of a container into what the profile says of all. */
export function writeContainer(request: ContainerRequest, writer: ProfileWriter): ValueObject {
  const { container, template, pointer, place } = request;
  const { declared } = container;
  const field = (key: string): Write => below({ pointer, place }, key);
  const { image, command, args, livenessProbe, readinessProbe } = declared;
  const plain = { image, command, args, resources: renderResources(declared.limits, declared.requests) };
  const result: Record<string, Value> = { ...template };
  for (const [key, value] of Object.entries(plain)) {
    if (value !== undefined) result[key] = writeValue(writer, template[key], value, field(key));
  }
  for (const [key, probe] of Object.entries({ livenessProbe, readinessProbe })) {
    if (probe) result[key] = writeProbe(writer, template[key], renderProbe(probe), field(key));
  }
  const env = writeList(writer, template['env'], variableEntries(request), 'name');
  const mounts = writeList(writer, template['volumeMounts'], mountEntries(request, declared), 'mountPath');
  return { ...result, ...(env.length > 0 && { env }), ...(mounts.length > 0 && { volumeMounts: mounts }) };
}

function variableEntries({ name, container, bin, pointer, place }: ContainerRequest) {
  const at: Write = { pointer: `${pointer}/env`, place: { ...place, path: [...place.path, 'variables'] } };
  return Object.keys(container.variables)
    .toSorted(compareText)
    .flatMap((variable) => {
      const value = container.variables[variable] ?? '';
      const entries = renderVariable({ container: name, name: variable }, value, bin);
      return entries.map((entry) => ({ value: entry, write: below(at, variable) }));
    });
}

function renderVariable(
  variable: { readonly container: string; readonly name: string },
  value: Value,
  bin: SecretBin,
): readonly ValueObject[] {
  if (isSecret(value) || isSecretText(value)) return referToSecrets(bin, { ...variable, value });
  return [{ name: variable.name, value: typeof value === 'string' ? escapeReferences(value) : value }];
}

function mountEntries({ mounts, pointer, place }: ContainerRequest, declared: Container) {
  return mounts.map((value) => {
    const target = textOf(value['mountPath']);
    const field = Object.hasOwn(declared.files, target) ? 'files' : 'volumes';
    return { value, write: below({ pointer: `${pointer}/volumeMounts`, place: { ...place, path: [...place.path, field] } }, target) };
  });
}

function renderResources(limits: ComputeResources, requests: ComputeResources): ValueObject | undefined {
  const rendered = {
    ...(Object.keys(limits).length > 0 && { limits: renderAmounts(limits) }),
    ...(Object.keys(requests).length > 0 && { requests: renderAmounts(requests) }),
  };
  return Object.keys(rendered).length > 0 ? rendered : undefined;
}

/** Score writes thousand bytes as `K`, Kubernetes as `k`. */
function renderAmounts({ cpu, memory }: ComputeResources): ValueObject {
  return {
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory: memory.replace(/K$/, 'k') }),
  };
}

/** Of both kinds of probe `exec` is preferred, as the specification asks. */
export function renderProbe(probe: Probe): ValueObject {
  if (probe.exec) return { exec: { command: probe.exec.command } };
  const { httpGet } = probe;
  if (!httpGet) return {};
  return {
    httpGet: {
      port: httpGet.port,
      ...(httpGet.path !== undefined && { path: httpGet.path }),
      ...(httpGet.host !== undefined && { host: httpGet.host }),
      ...(httpGet.scheme !== undefined && { scheme: httpGet.scheme }),
      ...(httpGet.httpHeaders.length > 0 && { httpHeaders: httpGet.httpHeaders.map((header) => ({ ...header })) }),
    },
  };
}

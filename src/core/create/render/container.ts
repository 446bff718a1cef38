import type { ComputeResources, Probe } from '../../model/workload.ts';
import { isSecret, isSecretText, type Value, type ValueObject } from '../../model/value.ts';
import type { ResolvedContainer } from '../resolve/resolve-workload.ts';
import { referToSecret, type SecretBin } from './secret-env.ts';

/** What Score says of a container, as fields of a Kubernetes one; what it does not say is left out. */
export function containerFields(
  name: string,
  container: ResolvedContainer,
  parts: { readonly bin: SecretBin; readonly mounts: readonly ValueObject[] },
): ValueObject {
  const { declared } = container;
  const env = renderVariables(name, container.variables, parts.bin);
  const resources = renderResources(declared.limits, declared.requests);
  return {
    image: declared.image,
    ...(declared.command && { command: declared.command }),
    ...(declared.args && { args: declared.args }),
    ...(env.length > 0 && { env }),
    ...(resources && { resources }),
    ...(declared.livenessProbe && { livenessProbe: renderProbe(declared.livenessProbe) }),
    ...(declared.readinessProbe && { readinessProbe: renderProbe(declared.readinessProbe) }),
    ...(parts.mounts.length > 0 && { volumeMounts: parts.mounts }),
  };
}

function renderVariables(container: string, variables: ValueObject, bin: SecretBin): readonly ValueObject[] {
  return Object.keys(variables)
    .toSorted()
    .map((name) => {
      const value = variables[name] ?? '';
      if (isSecret(value) || isSecretText(value)) return referToSecret(bin, { container, name, value });
      return { name, value: typeof value === 'string' ? escapeReferences(value) : value };
    });
}

/**
 * Kubernetes expands `$(NAME)` in the values of variables, and takes `$$` for `$`; Score has no such thing. So that the
 * container sees just what the Score file says, every `$` that could mean something is doubled.
 */
export function escapeReferences(text: string): string {
  return text.replaceAll(/\$+(?=\()|\${2,}/g, (dollars) => dollars + dollars);
}

function renderResources(limits: ComputeResources, requests: ComputeResources): Value | undefined {
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

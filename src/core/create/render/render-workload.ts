import type { Diagnostic, Outcome } from '../../diagnostics/diagnostic.ts';
import { diagnose, settle } from '../../diagnostics/report.ts';
import { evaluate } from '../../expressions/evaluate.ts';
import type { DeploymentContext, Format } from '../../model/context.ts';
import type { ProfileFormat, WorkloadProfile } from '../../model/platform.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Uid } from '../../model/uid.ts';
import { isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { renderCompose } from '../render-compose/compose-workload.ts';
import type { EnvironmentScope } from '../resolve/environment-scope.ts';
import type { ResolvedWorkload } from '../resolve/resolve-workload.ts';
import { basePlace } from './base-place.ts';
import { renderKubernetes } from './kubernetes-workload.ts';
import type { ProfileWriter } from './profile-writer.ts';

export interface RenderWorkloadRequest {
  readonly node: Uid;
  readonly resolved: ResolvedWorkload;
  readonly profile: WorkloadProfile;
  readonly context: DeploymentContext;
  readonly environment: EnvironmentScope;
  readonly namespace: string;
  /** The objects of the resources that it depends on, directly or by way of others: Compose waits for their services. */
  readonly resourceObjects: readonly RenderedObject[];
}

type Render = (request: RenderWorkloadRequest, base: ValueObject, writer: ProfileWriter) => readonly RenderedObject[];

const renderers: Readonly<Record<Format, Render>> = { kubernetes: renderKubernetes, compose: renderCompose };

/**
 * Renders a workload through its profile.
 * Rule: the profile gives the base in the format of the context, Score's fields are written into it as far as it allows. A pure function of the
 * request: the same input gives the same bytes, whatever the order of its keys.
 * Shape: one workload in, its objects out; linear.
 * Reports: T3101–T3107 from the profile, T4101, T4103, T4105–T4108, T4110, T4115–T4118, T4123–T4126.
 */
export function renderWorkload(request: RenderWorkloadRequest): Outcome<readonly RenderedObject[]> {
  const { profile, context } = request;
  const format = profile.formats[context.format];
  if (!format) return { diagnostics: [noFormat(request)] };
  const base = evaluateBase(request, format);
  if (!isValueObject(base.value)) return { diagnostics: base.diagnostics };
  const writer: ProfileWriter = { profile: profile.name, format, diagnostics: [...base.diagnostics] };
  const objects = renderers[context.format](request, base.value, writer);
  return settle(objects, writer.diagnostics);
}

function noFormat({ profile, context, resolved }: RenderWorkloadRequest): Diagnostic {
  const known = Object.keys(profile.formats).toSorted().join(', ') || 'none';
  return diagnose('T4106', {
    detail: `The profile "${profile.name}" of the workload "${resolved.declared.name}" cannot be rendered in the format "${context.format}"; it has: ${known}.`,
    place: { ...resolved.declared.origin, path: ['metadata'] },
  });
}

function evaluateBase(request: RenderWorkloadRequest, format: ProfileFormat): Outcome<Value> {
  const { declared } = request.resolved;
  const { name, annotations, metadata } = declared;
  const { context, target, workloads } = request.environment;
  const scope = { workload: { name, annotations, metadata }, context, target, workloads };
  const outcome = evaluate(format.base, scope, basePlace(request));
  // The profile stands in the platform; which workload makes it fail has to be said besides.
  const related = { message: `rendered for the workload "${name}"`, place: { ...declared.origin, path: ['metadata', 'name'] } };
  const diagnostics = outcome.diagnostics.map((each) => ({ ...each, related: [...each.related, related] }));
  return { ...outcome, diagnostics };
}

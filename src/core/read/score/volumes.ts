import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose, succeed } from '../../diagnostics/report.ts';
import type { ContainerVolume } from '../../model/workload.ts';
import { upgradeList } from './lists.ts';
import type { ScoreListedVolume, ScoreVolume, ScoreVolumes } from './schema.ts';

/**
 * Reads the volumes of a container, by target path.
 * Rule: a list becomes a map, and its `read_only` becomes `readOnly`.
 * Reports: T1109, T1224, T1401, T1402.
 */
export function readVolumes(volumes: ScoreVolumes | undefined, place: Place): Outcome<Record<string, ContainerVolume>> {
  const result: Record<string, ContainerVolume> = {};
  if (!Array.isArray(volumes)) {
    for (const [target, volume] of Object.entries(volumes ?? {})) result[target] = buildVolume(volume);
    return succeed(result);
  }
  const { entries, diagnostics } = upgradeList(volumes, place, upgradeVolume);
  for (const { target, item } of entries) result[target] = buildVolume(item);
  return succeed(result, diagnostics);
}

function upgradeVolume(
  { target: _target, read_only: older, ...rest }: ScoreListedVolume,
  place: Place,
): { item: ScoreVolume; diagnostics: readonly Diagnostic[] } {
  if (older === undefined) return { item: rest, diagnostics: [] };
  const keyPlace: Place = { ...place, path: [...place.path, 'read_only'], on: 'key' };
  if (rest.readOnly !== undefined) {
    const detail = '`read_only` is an older spelling of `readOnly`, and both are given. Remove `read_only`.';
    return { item: rest, diagnostics: [diagnose('T1109', { place: keyPlace, detail })] };
  }
  const diagnostics = [diagnose('T1402', { place: keyPlace, detail: 'Write `readOnly` instead of `read_only`.' })];
  return { item: { ...rest, readOnly: older }, diagnostics };
}

function buildVolume({ source, path, readOnly }: ScoreVolume): ContainerVolume {
  return { source, ...(path !== undefined && { path }), isReadOnly: readOnly === true };
}

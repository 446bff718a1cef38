import { expect } from 'vitest';
import { more, same, stricter, type Chapter } from '../rule.ts';
import { findProblems, inContainer, readContainer, refuses, warns } from '../support.ts';

const need = 'resources: {data: {type: volume}}\n';

function withVolumes(volumes: string): string {
  return inContainer(`volumes: ${volumes}`) + need;
}

export const chapter: Chapter = {
  name: 'volumes',
  title: 'Volumes of containers',
  source: 'Schema v1b1, tag 0.4.1: `volumes`; the upgrades of score-go.',
  rules: [
    same('Volumes are a map by target path; `source` is required.', () => {
      const volumes = { '/data': { source: '${resources.data}', isReadOnly: false } };
      expect(readContainer(withVolumes('{/data: {source: "${resources.data}"}}')).volumes).toEqual(volumes);
      refuses('T1104', withVolumes('{/data: {}}'));
      refuses('T1105', withVolumes('{/data: x}'), withVolumes('{/data: {source: 1}}'));
    }),
    same('`path` names a folder within the volume.', () => {
      expect(readContainer(withVolumes('{/data: {source: "${resources.data}", path: a/b}}')).volumes['/data']?.path).toBe('a/b');
      refuses('T1105', withVolumes('{/data: {source: x, path: 1}}'));
    }),
    same('`readOnly` is true or false; without it the volume can be written.', () => {
      expect(readContainer(withVolumes('{/data: {source: "${resources.data}", readOnly: true}}')).volumes['/data']?.isReadOnly).toBe(true);
      refuses('T1105', withVolumes('{/data: {source: x, readOnly: "true"}}'));
    }),
    same('A volume of the map has no `target` and no further keys.', () => {
      refuses('T1103', withVolumes('{/data: {source: x, target: /b}}'), withVolumes('{/data: {source: x, size: 1Gi}}'));
    }),
    same('Deprecated: a list of volumes with `target` becomes a map.', () => {
      const text = withVolumes('[{target: /data, source: "${resources.data}"}]');
      expect(Object.keys(readContainer(text).volumes)).toEqual(['/data']);
      warns('T1401', text);
      refuses('T1104', withVolumes('[{source: x}]'));
    }),
    same('Deprecated: `read_only` in a list becomes `readOnly`.', () => {
      const text = withVolumes('[{target: /data, source: "${resources.data}", read_only: true}]');
      expect(readContainer(text).volumes['/data']?.isReadOnly).toBe(true);
      warns('T1402', text);
    }),
    stricter('`read_only` beside `readOnly`: one wins.', 'An error: which is meant is not said.', () => {
      refuses('T1109', withVolumes('[{target: /data, source: x, read_only: true, readOnly: false}]'));
    }),
    more('`read_only` in the map form fails with the words of the schema.', 'The message says that Score calls it `readOnly`.', () => {
      expect(findProblems(withVolumes('{/data: {source: x, read_only: true}}'))[0]?.detail).toContain('Score calls it `readOnly`');
    }),
    stricter('Of two volumes of the list with one `target` the later one wins, silently.', 'An error that shows both places.', () => {
      refuses('T1224', withVolumes('[{target: /a, source: x}, {target: /a, source: y}]'));
    }),
  ],
};

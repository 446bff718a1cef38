import { expect } from 'vitest';
import type { Json } from '../../../src/core/index.ts';
import { differs, more, same, type Chapter } from '../rule.ts';
import { at, atTop, mapOf, ofKind, projectOf, render, type TuttiResult } from '../support.ts';

/** Renders with these patch templates, by their file names. */
function patch(templates: Readonly<Record<string, string>>, format: 'kubernetes' | 'compose' = 'kubernetes'): Promise<TuttiResult> {
  const files = Object.fromEntries(Object.entries(templates).map(([name, text]) => [`platform/${name}.tpl`, text]));
  const text = atTop('service: {ports: {web: {port: 80}}}').replace('{name: web}', '{name: web, team: blue}');
  return render(format, text, { files: { ...files, 'platform/p.yaml': '' }, args: ['--platform', 'platform'] });
}

/** Patches every Deployment with these lines, `$i` its place among the manifests. */
function onDeployment(...lines: readonly string[]): string {
  return `{{ range $i, $m := .Manifests }}{{ if eq $m.kind "Deployment" }}\n${lines.join('\n')}\n{{ end }}{{ end }}\n`;
}

async function deployment(...lines: readonly string[]): Promise<Json | undefined> {
  return ofKind(await patch({ a: onDeployment(...lines) }), 'Deployment')[0];
}

export const chapter: Chapter = {
  name: 'patches',
  title: 'Patch templates',
  source: 'score-compose 0.45 and score-k8s 0.15: `--patch-templates`.',
  rules: [
    differs(
      'Patch templates are given to `init --patch-templates` and kept in the state.',
      'They are files `*.tpl` in the folder of `--platform`, and part of its releases.',
      async () => {
        expect(at(await deployment('- {op: set, path: "{{ $i }}.spec.replicas", value: 3}'), 'spec', 'replicas')).toBe(3);
      },
    ),
    same('A template renders a list of patches `{op, path, value, description}`.', async () => {
      expect((await patch({ a: '{op: set}' })).errors).toEqual(['T5212']);
      expect((await patch({ a: '' })).errors).toEqual([]);
      expect(at(await deployment('- {op: set, path: "{{ $i }}.spec.replicas", value: 3, description: more}'), 'spec', 'replicas')).toBe(3);
    }),
    same('`.Manifests`, `.Workloads` and `.Namespace` are there for Kubernetes.', async () => {
      const made = await deployment(
        '- {op: set, path: "{{ $i }}.metadata.labels.x", value: "{{ (index $.Workloads "web").metadata.team }}-{{ eq $.Namespace $m.metadata.namespace }}"}'.replaceAll(
          '"web"',
          '`web`',
        ),
      );
      expect(at(made, 'metadata', 'labels', 'x')).toBe('blue-true');
    }),
    same('`.Compose` is there for Compose.', async () => {
      const result = await patch({ a: '- {op: set, path: services.web-main.cpus, value: "{{ len .Compose.services }}"}' }, 'compose');
      expect(at(projectOf(result), 'services', 'web-main', 'cpus')).toBe('1');
    }),
    same('`set` makes what is missing on the way.', async () => {
      expect(
        at(
          await deployment('- {op: set, path: "{{ $i }}.spec.template.spec.nodeSelector.disk", value: fast}'),
          'spec',
          'template',
          'spec',
          'nodeSelector',
        ),
      ).toEqual({ disk: 'fast' });
    }),
    same('`delete` takes away.', async () => {
      expect(at(await deployment('- {op: delete, path: "{{ $i }}.spec.revisionHistoryLimit"}'), 'spec')).not.toHaveProperty(
        'revisionHistoryLimit',
      );
    }),
    same('`\\.` in a path is a dot within a key.', async () => {
      const made = await deployment(String.raw`- {op: set, path: '{{ $i }}.metadata.annotations.example\.com/team', value: blue}`);
      expect(at(made, 'metadata', 'annotations', 'example.com/team')).toBe('blue');
    }),
    same('A number in a path is a place in a list, `-1` appends.', async () => {
      const containers = 'spec.template.spec.containers';
      const made = await deployment(
        `- {op: set, path: "{{ $i }}.${containers}.0.workingDir", value: /tmp}`,
        `- {op: set, path: "{{ $i }}.${containers}.-1", value: {name: second, image: y}}`,
      );
      expect(at(made, 'spec', 'template', 'spec', 'containers', 0, 'workingDir')).toBe('/tmp');
      expect(at(made, 'spec', 'template', 'spec', 'containers', 1, 'name')).toBe('second');
    }),
    same('`:123` is the key "123" of a map.', async () => {
      const made = await deployment('- {op: set, path: "{{ $i }}.metadata.annotations.:123", value: x}');
      expect(mapOf(at(made, 'metadata', 'annotations'))).toMatchObject({ 123: 'x' });
    }),
    same('Templates run in order, and each sees what those before it left.', async () => {
      const first = onDeployment('- {op: set, path: "{{ $i }}.spec.replicas", value: 2}');
      const second = onDeployment('- {op: set, path: "{{ $i }}.spec.replicas", value: {{ add $m.spec.replicas 5 }}}');
      expect(at(ofKind(await patch({ a: first, b: second }), 'Deployment')[0], 'spec', 'replicas')).toBe(7);
    }),
    same('Unknown keys and unknown operations are an error.', async () => {
      expect((await patch({ a: '- {op: move, path: "0.a"}' })).errors).toEqual(['T5213']);
      expect((await patch({ a: '- {op: set, path: "0.a", value: 1, why: x}' })).errors).toEqual(['T5213']);
    }),
    same('A new object can be set.', async () => {
      const object = '{apiVersion: v1, kind: ConfigMap, metadata: {name: extra}, data: {a: b}}';
      const result = await patch({ a: `- {op: set, path: "-1", value: ${object}}` });
      expect(ofKind(result, 'ConfigMap').map((each) => at(each, 'metadata', 'name'))).toEqual(['extra']);
    }),
    more('A patch template that fails ends the command.', 'The error has its file, line and column.', async () => {
      const { diagnostics } = await patch({ a: '- op: set\n  path: {{ .Nope }}\n' });
      expect(diagnostics.map(({ code, source }) => [code, source?.file, source?.start.line])).toEqual([['T5211', 'platform/a.tpl', 2]]);
    }),
    same('`substituteValue WORKLOAD TEXT` resolves placeholders of a workload.', async () => {
      const made = await deployment(
        '- {op: set, path: "{{ $i }}.metadata.labels.x", value: {{ substituteValue "web" "${metadata.team}" }}}',
      );
      expect(at(made, 'metadata', 'labels', 'x')).toBe('blue');
    }),
    differs('A failure of `substituteValue` is given back as the value.', 'It is an error.', async () => {
      const result = await patch({
        a: onDeployment('- {op: set, path: "{{ $i }}.metadata.labels.x", value: {{ substituteValue "web" "${metadata.no}" | quote }}}'),
      });
      expect(result.errors).toEqual(['T5211']);
    }),
  ],
};

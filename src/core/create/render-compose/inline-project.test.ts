import { describe, expect, it } from 'vitest';
import { makeUid } from '../../model/uid.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { ValueObject } from '../../model/value.ts';
import { testContext } from '../test-support.ts';
import { inlineProject } from './inline-project.ts';
import { makeComposeObject } from './make-compose-object.ts';
import type { Section } from './sections.ts';

const node = makeUid({ type: 'thing', id: 'x' });

function objectsOf(sections: Readonly<Partial<Record<Section, ValueObject>>>): readonly RenderedObject[] {
  const names: readonly Section[] = ['services', 'configs', 'secrets', 'files', 'variables', 'volumes'];
  return names.flatMap((section) =>
    Object.entries(sections[section] ?? {}).map(([name, value]) => makeComposeObject(node, { section, name, value }, testContext)),
  );
}

const variable = 'TUTTI_0123456789ABCDEF';

describe('a project that stands by itself', () => {
  it('holds the variables of its env files', () => {
    const { project, diagnostics } = inlineProject(
      objectsOf({
        services: { a: { environment: { A: 'a$$b' }, env_file: ['own.env', { path: './env/a.env' }] } },
        files: { 'env/a.env': { content: 'P="x\\\\ \\"\\n\\r\\$y"\nQ=""\n' } },
      }),
    );
    expect(diagnostics).toEqual([]);
    expect(project).toEqual({
      name: testContext.slug,
      services: { a: { environment: { A: 'a$$b', P: 'x\\ "\n\r$$y', Q: '' }, env_file: ['own.env'] } },
    });
  });

  it('holds its secrets as configs, where they would have stood', () => {
    const { project } = inlineProject(
      objectsOf({
        services: {
          a: { secrets: ['s', { source: 's', target: 't' }, { source: 's', target: '/u', mode: '0400' }, 'own'], configs: ['c'] },
        },
        configs: { c: { content: 'c' }, s: { content: 'other' } },
        secrets: { s: { environment: variable }, own: { file: './own' } },
        variables: { [variable]: { value: 'p$w' } },
      }),
    );
    expect(project).toEqual({
      name: testContext.slug,
      services: {
        a: {
          secrets: [{ source: 'own' }],
          configs: [
            'c',
            { source: 'secret-s', target: '/run/secrets/s' },
            { source: 'secret-s', target: '/run/secrets/t' },
            { source: 'secret-s', target: '/u', mode: '0400' },
          ],
        },
      },
      configs: { c: { content: 'c' }, s: { content: 'other' }, 'secret-s': { content: 'p$$w' } },
      secrets: { own: { file: './own' } },
    });
  });

  it('holds what its variables hold, and leaves what only looks like one', () => {
    const text = `a \${${variable}} $$\${${variable}} $$$$ \${OWN} $\${${variable}}`;
    const { project } = inlineProject(objectsOf({ services: { a: { command: [text] } }, variables: { [variable]: { value: '$1' } } }));
    expect(project['services']).toEqual({ a: { command: [`a $$1 $$$$1 $$$$ \${OWN} $\${${variable}}`] } });
  });

  it('names the files that it needs beside it', () => {
    const { diagnostics } = inlineProject(objectsOf({ files: { 'files/b': { content: '' }, 'files/a': { base64: '' } } }));
    expect(diagnostics.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
      'T4127 files/a, files/b lie beside the project and cannot stand in it. Give `--out FOLDER`: the files are written there.',
    ]);
  });
});

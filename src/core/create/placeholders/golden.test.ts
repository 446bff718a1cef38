import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../diagnostics/render.ts';
import { locate } from '../../read/locate.ts';
import { readScore } from '../../read/score/score.ts';
import { checkPlaceholders } from './check.ts';

/** What a person sees whose variable, file and params hold this. */
function show(value: string): string {
  const text = `apiVersion: score.dev/v1b1
metadata: {name: shop, team: {lead: me}, list: [a]}
containers:
  web:
    image: nginx
    variables:
      V: ${JSON.stringify(value)}
resources:
  database: {type: postgres}
`;
  const source = { file: 'score.yaml', text };
  const diagnostics = (readScore([source]).value ?? []).flatMap(checkPlaceholders);
  return `\n${locate(diagnostics, [source])
    .map((each) => renderDiagnostic(each, text))
    .join('\n')}\n`;
}

/** What a person sees whose file of a container holds this. */
function showFile(lines: readonly string[], source: string): string {
  const text = `apiVersion: score.dev/v1b1
metadata: {name: shop}
containers:
  web:
    image: nginx
    files:
      /etc/app.conf:
${source}
`;
  const attachments = { 'app.conf': { base64: Buffer.from(lines.join('\n')).toString('base64') } };
  const given = { file: 'score.yaml', text, attachments };
  const diagnostics = (readScore([given]).value ?? []).flatMap(checkPlaceholders);
  return `\n${locate(diagnostics, [given])
    .map((each) => renderDiagnostic(each, text))
    .join('\n')}\n`;
}

const lines = ['first = ${metadata.name}', '', 'second = x ${metadata.nam}', 'third = ${resources.db.host}'];

test('in the content of a file', () => {
  expect(showFile(lines, ['        content: |', ...lines.map((line) => `          ${line}`)].join('\n'))).toMatchInlineSnapshot(`
    "
    error[T3203] The placeholder names something that is not there
     --> score.yaml:11:22
      11 |           second = x \${metadata.nam}
         |                      ^
      \`\${metadata.nam}\` in line 3 of the text: "nam" is not among the metadata: name. Did you mean "name"?
    error[T3202] The placeholder names an unknown resource
     --> score.yaml:12:19
      11 |           second = x \${metadata.nam}
      12 |           third = \${resources.db.host}
         |                   ^
      \`\${resources.db.host}\` in line 4 of the text: there is no resource "db". This file declares none.
    "
  `);
});

test('in a file that the Score file names', () => {
  expect(showFile(lines, '        source: app.conf')).toMatchInlineSnapshot(`
    "
    error[T3203] The placeholder names something that is not there
     --> score.yaml:7:7
      6 |     files:
      7 |       /etc/app.conf:
        |       ^^^^^^^^^^^^^
      \`\${metadata.nam}\` in line 3 of the text: "nam" is not among the metadata: name. Did you mean "name"?
    error[T3202] The placeholder names an unknown resource
     --> score.yaml:7:7
      6 |     files:
      7 |       /etc/app.conf:
        |       ^^^^^^^^^^^^^
      \`\${resources.db.host}\` in line 4 of the text: there is no resource "db". This file declares none.
    "
  `);
});

test('an unknown root', () => {
  expect(show('${resource.database.host}')).toMatchInlineSnapshot(`
    "
    error[T3201] Unknown beginning of a placeholder
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${resource.database.host}"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      \`\${resource.database.host}\`: "resource" is not known: a placeholder begins with "metadata" or "resources". Did you mean "resources"? Write "$$" for a literal "$".
    "
  `);
});

test('no name at all', () => {
  expect(show('${}')).toMatchInlineSnapshot(`
    "
    error[T3201] Unknown beginning of a placeholder
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${}"
        |          ^^^^^
      \`\${}\`: nothing is named: a placeholder begins with "metadata" or "resources". Write "$$" for a literal "$".
    "
  `);
});

test('a root alone', () => {
  expect(show('${metadata}')).toMatchInlineSnapshot(`
    "
    error[T3204] The placeholder names too little
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${metadata}"
        |          ^^^^^^^^^^^^^
      \`\${metadata}\`: at least one key of the metadata has to be named.
    "
  `);
});

test('resources alone', () => {
  expect(show('${resources}')).toMatchInlineSnapshot(`
    "
    error[T3204] The placeholder names too little
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${resources}"
        |          ^^^^^^^^^^^^^^
      \`\${resources}\`: a resource has to be named.
    "
  `);
});

test('a resource without an output', () => {
  expect(show('${resources.database}')).toMatchInlineSnapshot(`
    "
    error[T3204] The placeholder names too little
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${resources.database}"
        |          ^^^^^^^^^^^^^^^^^^^^^^^
      \`\${resources.database}\`: an output of "database" has to be named, as in \`\${resources.database.host}\`.
    "
  `);
});

test('an unknown resource', () => {
  expect(show('${resources.databse.host}')).toMatchInlineSnapshot(`
    "
    error[T3202] The placeholder names an unknown resource
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${resources.databse.host}"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      \`\${resources.databse.host}\`: there is no resource "databse". Did you mean "database"? Declared here: database.
    "
  `);
});

test('an unknown key of the metadata', () => {
  expect(show('${metadata.nmae}')).toMatchInlineSnapshot(`
    "
    error[T3203] The placeholder names something that is not there
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${metadata.nmae}"
        |          ^^^^^^^^^^^^^^^^^^
      \`\${metadata.nmae}\`: "nmae" is not among the metadata: list, name, team. Did you mean "name"?
    "
  `);
});

test('a key of what is no map', () => {
  expect(show('${metadata.name.first}')).toMatchInlineSnapshot(`
    "
    error[T3203] The placeholder names something that is not there
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${metadata.name.first}"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^
      \`\${metadata.name.first}\`: "first" cannot be looked up: what is there is no map.
    "
  `);
});

test('an index of a list', () => {
  expect(show('${metadata.list.0}')).toMatchInlineSnapshot(`
    "
    error[T3203] The placeholder names something that is not there
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${metadata.list.0}"
        |          ^^^^^^^^^^^^^^^^^^^^
      \`\${metadata.list.0}\`: "0" cannot be looked up: what is there is no map.
    "
  `);
});

test('a name of every object', () => {
  expect(show('${metadata.constructor}')).toMatchInlineSnapshot(`
    "
    error[T3203] The placeholder names something that is not there
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${metadata.constructor}"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^
      \`\${metadata.constructor}\`: "constructor" is not among the metadata: list, name, team.
    "
  `);
});

test('a dot that is not escaped', () => {
  expect(show('${metadata.team.a.b}')).toMatchInlineSnapshot(`
    "
    error[T3203] The placeholder names something that is not there
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${metadata.team.a.b}"
        |          ^^^^^^^^^^^^^^^^^^^^^^
      \`\${metadata.team.a.b}\`: "a" is not among the metadata: lead.
    "
  `);
});

test('several in one text', () => {
  expect(show('${x} ${metadata.y} ${resources.z.a}')).toMatchInlineSnapshot(`
    "
    error[T3201] Unknown beginning of a placeholder
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${x} \${metadata.y} \${resources.z.a}"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      \`\${x}\`: "x" is not known: a placeholder begins with "metadata" or "resources". Write "$$" for a literal "$".
    error[T3203] The placeholder names something that is not there
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${x} \${metadata.y} \${resources.z.a}"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      \`\${metadata.y}\`: "y" is not among the metadata: list, name, team.
    error[T3202] The placeholder names an unknown resource
     --> score.yaml:7:10
      6 |     variables:
      7 |       V: "\${x} \${metadata.y} \${resources.z.a}"
        |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      \`\${resources.z.a}\`: there is no resource "z". Declared here: database.
    "
  `);
});

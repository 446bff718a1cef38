import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../diagnostics/render.ts';
import type { Overrides } from '../../model/overrides.ts';
import { locate } from '../locate.ts';
import { readScore } from '../score/score.ts';
import { propertiesFile } from './property.ts';

const text = `apiVersion: score.dev/v1b1
metadata:
  name: shop
containers:
  web:
    image: nginx
    args: [a, b]
    variables:
      PORT: "8080"
resources:
  db: {type: postgres}
`;

/** What a person sees who lays this over the file. */
function show(overrides: Overrides, score = text): string {
  const source = { file: 'score.yaml', text: score, overrides };
  const texts = new Map([
    ['score.yaml', score],
    [propertiesFile, overrides.properties?.join('\n') ?? ''],
  ]);
  for (const each of overrides.files ?? []) texts.set(each.file, each.text);
  return `\n${locate(readScore([source]).diagnostics, [source])
    .map((each) => renderDiagnostic(each, texts.get(each.source?.file ?? '')))
    .join('\n')}\n`;
}

test('a number where text is meant, in an overrides file', () => {
  expect(show({ files: [{ file: 'overrides.yaml', text: 'containers:\n  web:\n    variables:\n      PORT: 8080\n' }] }))
    .toMatchInlineSnapshot(`
    "
    error[T1105] A value has the wrong type
     --> overrides.yaml:4:13
      3 |     variables:
      4 |       PORT: 8080
        |             ^^^^
      containers.web.variables.PORT must be text; the number 8080 stands there. Put it in quotes: PORT: "8080".
    "
  `);
});

test('an unknown key in an overrides file', () => {
  expect(show({ files: [{ file: 'overrides.yaml', text: 'containers:\n  web:\n    imge: x\n' }] })).toMatchInlineSnapshot(`
    "
    error[T1103] A key is not known here
     --> overrides.yaml:3:5
      2 |   web:
      3 |     imge: x
        |     ^^^^
      "imge" is not a key that can stand in containers.web. Did you mean "image"? Allowed are image, command, args, variables, files, volumes, before, resources, livenessProbe, readinessProbe.
    "
  `);
});

test('a null in an overrides file', () => {
  expect(show({ files: [{ file: 'overrides.yaml', text: 'containers:\n  web:\n    args: null\n' }] })).toMatchInlineSnapshot(`
    "
    error[T1105] A value has the wrong type
     --> overrides.yaml:3:11
      2 |   web:
      3 |     args: null
        |           ^^^^
      containers.web.args must be a list; nothing stands there.
    "
  `);
});

test('a container without an image in an overrides file', () => {
  expect(show({ files: [{ file: 'overrides.yaml', text: 'containers:\n  side:\n    args: [a]\n' }] })).toMatchInlineSnapshot(`
    "
    error[T1104] A required key is missing
     --> overrides.yaml:2:3
      1 | containers:
      2 |   side:
        |   ^^^^
      containers.side needs the key "image".
    "
  `);
});

test('an overrides file that is no map', () => {
  expect(show({ files: [{ file: 'overrides.yaml', text: 'just text\n' }] })).toMatchInlineSnapshot(`
    "
    error[T1235] The overrides file is not one map
     --> overrides.yaml:1:1
      1 | just text
        | ^^^^^^^^^
      A map in the shape of a Score file is expected; text stands here.
    "
  `);
});

test('an overrides file with two documents', () => {
  expect(show({ files: [{ file: 'overrides.yaml', text: 'metadata: {a: 1}\n---\nmetadata: {b: 2}\n' }] })).toMatchInlineSnapshot(`
    "
    error[T1235] The overrides file is not one map
     --> overrides.yaml:3:1
      2 | ---
      3 | metadata: {b: 2}
        | ^
      Only one document can be laid over a Score file. Put all that shall change into one.
    "
  `);
});

test('an overrides file that is no YAML', () => {
  expect(show({ files: [{ file: 'overrides.yaml', text: 'containers:\n  web: {image: x\n' }] })).toMatchInlineSnapshot(`
    "
    error[T1010] The YAML is malformed
     --> overrides.yaml:2:8
      1 | containers:
      2 |   web: {image: x
        |        ^
      The quote, bracket or brace that is opened here is not closed, or the lines within it are not indented. Close it.
    "
  `);
});

test('an overrides file with a key twice', () => {
  expect(show({ files: [{ file: 'overrides.yaml', text: 'metadata:\n  team: a\n  team: b\n' }] })).toMatchInlineSnapshot(`
    "
    error[T1011] A key stands twice in one map
     --> overrides.yaml:3:3
      2 |   team: a
      3 |   team: b
        |   ^^^^
      "team" is set again here. Remove or rename one of the two.
      overrides.yaml:2:3: It is set first here.
    "
  `);
});

test('a property without a value sign', () => {
  expect(show({ properties: ['containers.web.image'] })).toMatchInlineSnapshot(`
    "
    error[T1231] An override property has no usable path
     --> --override-property:1:1
      1 | containers.web.image
        | ^^^^^^^^^^^^^^^^^^^^
      "containers.web.image" has no "=". Write PATH=VALUE, or PATH= to take away.
    "
  `);
});

test('a property with an empty name', () => {
  expect(show({ properties: ['containers..image=x'] })).toMatchInlineSnapshot(`
    "
    error[T1231] An override property has no usable path
     --> --override-property:1:1
      1 | containers..image=x
        | ^^^^^^^^^^^^^^^^^
      A name in the path is empty. Write the names with one dot between them, as in containers.web.image=nginx.
    "
  `);
});

test('a property with a reserved name', () => {
  expect(show({ properties: ['containers.__proto__.image=x'] })).toMatchInlineSnapshot(`
    "
    error[T1231] An override property has no usable path
     --> --override-property:1:1
      1 | containers.__proto__.image=x
        | ^^^^^^^^^^^^^^^^^^^^^^^^^^
      "__proto__" may not be used as a key in any document. Choose another name.
    "
  `);
});

test('a property whose value is no YAML', () => {
  expect(show({ properties: ['containers.web.args=[a, b'] })).toMatchInlineSnapshot(`
    "
    error[T1233] The value of an override property is not YAML
     --> --override-property:1:21
      1 | containers.web.args=[a, b
        |                     ^^^^^
      The YAML is malformed: The quote, bracket or brace that is opened here is not closed, or the lines within it are not indented. Close it. Put text with special characters in quotes.
    "
  `);
});

test('a property whose value has a key twice', () => {
  expect(show({ properties: ['metadata.team={a: 1, a: 2}'] })).toMatchInlineSnapshot(`
    "
    error[T1233] The value of an override property is not YAML
     --> --override-property:1:15
      1 | metadata.team={a: 1, a: 2}
        |               ^^^^^^^^^^^^
      A key stands twice in one map: "a" is set again here. Remove or rename one of the two. Put text with special characters in quotes.
    "
  `);
});

test('a property through text', () => {
  expect(show({ properties: ['metadata.name.first=x'] })).toMatchInlineSnapshot(`
    "
    error[T1232] An override property does not fit the Score file
     --> --override-property:1:1
      1 | metadata.name.first=x
        | ^^^^^^^^^^^^^^^^^^^
      "metadata.name" is neither a map nor a list, so nothing can be set within it.
    "
  `);
});

test('a property with a name in a list', () => {
  expect(show({ properties: ['containers.web.args.first=x'] })).toMatchInlineSnapshot(`
    "
    error[T1232] An override property does not fit the Score file
     --> --override-property:1:1
      1 | containers.web.args.first=x
        | ^^^^^^^^^^^^^^^^^^^^^^^^^
      "first" is no index of a list. Write a number from 0, or -1 to append: the list has the items 0 to 1.
    "
  `);
});

test('a property beyond the end of a list', () => {
  expect(show({ properties: ['containers.web.args.2=x'] })).toMatchInlineSnapshot(`
    "
    error[T1232] An override property does not fit the Score file
     --> --override-property:1:1
      1 | containers.web.args.2=x
        | ^^^^^^^^^^^^^^^^^^^^^
      There is no item 2: the list has the items 0 to 1. Write -1 to append.
    "
  `);
});

test('a property that appends nothing', () => {
  expect(show({ properties: ['containers.web.args.-1='] })).toMatchInlineSnapshot(`
    "
    error[T1232] An override property does not fit the Score file
     --> --override-property:1:1
      1 | containers.web.args.-1=
        | ^^^^^^^^^^^^^^^^^^^^^^
      There is no item -1: the list has the items 0 to 1.
    "
  `);
});

test('a property that takes away what is not there', () => {
  expect(show({ properties: ['containers.web.livenesProbe='] })).toMatchInlineSnapshot(`
    "
    warning[T1234] An override property takes nothing away
     --> --override-property:1:1
      1 | containers.web.livenesProbe=
        | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Nothing stands at containers.web.livenesProbe, so nothing was taken away. Check the names, or leave this out.
    "
  `);
});

test('a property that takes away what is needed', () => {
  expect(show({ properties: ['containers.web.image='] })).toMatchInlineSnapshot(`
    "
    error[T1104] A required key is missing
     --> --override-property:1:1
      1 | containers.web.image=
        | ^^^^^^^^^^^^^^^^^^^^^
      containers.web needs the key "image".
    "
  `);
});

test('a property that sets the wrong type', () => {
  expect(show({ properties: ['metadata.team=blue', 'containers.web.variables.PORT=9090'] })).toMatchInlineSnapshot(`
    "
    error[T1105] A value has the wrong type
     --> --override-property:2:31
      1 | metadata.team=blue
      2 | containers.web.variables.PORT=9090
        |                               ^^^^
      containers.web.variables.PORT must be text; the number 9090 stands there. Put it in quotes: PORT: "9090".
    "
  `);
});

test('a property that misspells a key', () => {
  expect(show({ properties: ['containers.web.imge=x'] })).toMatchInlineSnapshot(`
    "
    error[T1103] A key is not known here
     --> --override-property:1:1
      1 | containers.web.imge=x
        | ^^^^^^^^^^^^^^^^^^^
      "imge" is not a key that can stand in containers.web. Did you mean "image"? Allowed are image, command, args, variables, files, volumes, before, resources, livenessProbe, readinessProbe.
    "
  `);
});

test('what is wrong in the Score file stays where it is, shifted or not', () => {
  expect(show({ properties: ['containers.web.args.0='] }, text.replace('[a, b]', '[a, 1]'))).toMatchInlineSnapshot(`
    "
    error[T1105] A value has the wrong type
     --> score.yaml:7:15
      6 |     image: nginx
      7 |     args: [a, 1]
        |               ^
      containers.web.args[0] must be text; the number 1 stands there. Put it in quotes: - "1".
    "
  `);
});

test('overrides for a file of two documents', () => {
  expect(show({ properties: ['metadata.team=blue'] }, `${text}---\n${text.replace('shop', 'api')}`)).toMatchInlineSnapshot(`
    "
    error[T1230] Overrides are for one Score file with one document
     --> score.yaml:13:1
      12 | ---
      13 | apiVersion: score.dev/v1b1
         | ^
      "score.yaml" holds 2 documents, and it is not said which of them the overrides are for. Put each workload into a file of its own.
    "
  `);
});

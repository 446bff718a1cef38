import { expect, test } from 'vitest';
import { atTop, head, inContainer, show } from './test-support.ts';

test('a colon in text without quotes', () => {
  expect(show(`${head}containers: web: nginx\n`)).toMatchInlineSnapshot(`
    "
    error[T1010] The YAML is malformed
     --> score.yaml:4:13
      3 |   name: shop
      4 | containers: web: nginx
        |             ^
      A colon followed by a space makes a map, and none can begin here. If the colon belongs to the text, put the text in quotes; otherwise begin the map on a line of its own, or indent the next line as its neighbours.
    "
  `);
});

test('a quote that is not closed', () => {
  expect(show(`${head}containers: {web: {image: "nginx}}\n`)).toMatchInlineSnapshot(`
    "
    error[T1010] The YAML is malformed
     --> score.yaml:4:27
      3 |   name: shop
      4 | containers: {web: {image: "nginx}}
        |                           ^
      The quote, bracket or brace that is opened here is not closed, or the lines within it are not indented. Close it.
    "
  `);
});

test('a tab as indentation', () => {
  expect(show(`${head}containers:\n\tweb: {image: nginx}\n`)).toMatchInlineSnapshot(`
    "
    error[T1010] The YAML is malformed
     --> score.yaml:5:1
      4 | containers:
      5 |     web: {image: nginx}
        | ^^^^
      YAML does not allow tabs as indentation. Indent with spaces.
    "
  `);
});

test('a key that stands twice', () => {
  expect(show(inContainer('variables:', '  A: one', '  B: two', '  A: three'))).toMatchInlineSnapshot(`
    "
    error[T1011] A key stands twice in one map
     --> score.yaml:10:7
       9 |       B: two
      10 |       A: three
         |       ^
      "A" is set again here. Remove or rename one of the two.
      score.yaml:8:7: It is set first here.
    "
  `);
});

test('a name that is a number', () => {
  expect(show(atTop('service: {ports: {8080: {port: 8080}}}'))).toMatchInlineSnapshot(`
    "
    error[T1012] A key is not text
     --> score.yaml:5:19
      4 | containers: {web: {image: nginx}}
      5 | service: {ports: {8080: {port: 8080}}}
        |                   ^^^^
      YAML reads "8080" as a number, a truth value or nothing. Write it in quotes: "8080".
    "
  `);
});

test('a reserved key', () => {
  expect(show(atTop('resources: {db: {type: postgres, params: {$tutti: secret}}}'))).toMatchInlineSnapshot(`
    "
    error[T1013] A key is reserved
     --> score.yaml:5:43
      4 | containers: {web: {image: nginx}}
      5 | resources: {db: {type: postgres, params: {$tutti: secret}}}
        |                                           ^^^^^^
      "$tutti" may not be used as a key in any document. Choose another name.
    "
  `);
});

test('a tag that would run code', () => {
  expect(show(inContainer('args: [!!js/function "() => 1"]'))).toMatchInlineSnapshot(`
    "
    error[T1014] A tag is not supported
     --> score.yaml:7:12
      6 |     image: nginx
      7 |     args: [!!js/function "() => 1"]
        |            ^^^^^^^^^^^^^
      Unresolved tag: !!js/function. Only the tags of the YAML 1.2 core schema are read; remove the tag.
    "
  `);
});

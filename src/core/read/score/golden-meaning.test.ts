import { expect, test } from 'vitest';
import { atTop, head, inContainer, show } from './test-support.ts';

test('a source outside the folder', () => {
  expect(show(inContainer('files: {/a: {source: ../secret}}'))).toMatchInlineSnapshot(`
    "
    error[T1221] The source of a file lies outside the folder of the Score file
     --> score.yaml:7:26
      6 |     image: nginx
      7 |     files: {/a: {source: ../secret}}
        |                          ^^^^^^^^^
      "../secret" is not a path below the folder of the Score file. Use a relative path with "/" and without "..".
    "
  `);
});

test('a source that is missing', () => {
  expect(show(inContainer('files: {/a: {source: app.conf}}'))).toMatchInlineSnapshot(`
    "
    error[T1222] The source of a file was not found
     --> score.yaml:7:26
      6 |     image: nginx
      7 |     files: {/a: {source: app.conf}}
        |                          ^^^^^^^^
      There is no file "app.conf" beside the Score file. The path is relative to its folder.
    "
  `);
});

test('content that is no base64', () => {
  expect(show(inContainer('files: {/a: {binaryContent: "a-b_"}}'))).toMatchInlineSnapshot(`
    "
    error[T1223] The content is not base64
     --> score.yaml:7:33
      6 |     image: nginx
      7 |     files: {/a: {binaryContent: "a-b_"}}
        |                                 ^^^^^^
      It looks like base64 for URLs. Standard base64 has "+" and "/" instead of "-" and "_".
    "
  `);
});

test('files in a list with one target twice', () => {
  expect(show(inContainer('files:', '  - {target: /a, content: x}', '  - {target: /a, content: y}'))).toMatchInlineSnapshot(`
    "
    warning[T1401] Files and volumes as a list are deprecated
     --> score.yaml:7:5
      6 |     image: nginx
      7 |     files:
        |     ^^^^^
      Write files as a map whose keys are the targets: files: {/target/path: {source: …}}.
    error[T1224] Two entries have one target
     --> score.yaml:9:18
      8 |       - {target: /a, content: x}
      9 |       - {target: /a, content: y}
        |                  ^^
      "/a" is the target of an earlier entry too. Remove one of them or give it another target.
      score.yaml:8:18: The first one is here.
    "
  `);
});

test('an order with an unknown container', () => {
  expect(show(`${head}containers:\n  web: {image: a}\n  init: {image: b, before: {wbe: {ready: complete}}}\n`)).toMatchInlineSnapshot(`
    "
    error[T1211] The order of containers names an unknown container
     --> score.yaml:6:29
      5 |   web: {image: a}
      6 |   init: {image: b, before: {wbe: {ready: complete}}}
        |                             ^^^
      The workload has no container "wbe". Did you mean "web"? The others are "web".
    "
  `);
});

test('an order with a cycle', () => {
  expect(
    show(`${head}containers:\n  one: {image: a, before: {two: {ready: started}}}\n  two: {image: b, before: {one: {ready: started}}}\n`),
  ).toMatchInlineSnapshot(`
    "
    error[T1212] The order of containers has a cycle
     --> score.yaml:5:28
      4 | containers:
      5 |   one: {image: a, before: {two: {ready: started}}}
        |                            ^^^
      None of them could start: "one" before "two" before "one". Remove one of the entries.
      score.yaml:6:28: It goes on here.
    "
  `);
});

test('an image that is left open', () => {
  expect(show(`${head}containers: {web: {image: .}}\n`)).toMatchInlineSnapshot(`
    "
    error[T1202] An image must be supplied
     --> score.yaml:4:27
      3 |   name: shop
      4 | containers: {web: {image: .}}
        |                           ^
      The container "web" of "shop" has the image \`.\`. Say which one it is: --image shop=REF.
    "
  `);
});

test('an image for a workload that is not there', () => {
  expect(show(atTop(), { images: { shpo: 'nginx:1' } })).toMatchInlineSnapshot(`
    "
    error[T1203] An image is supplied for nothing
      There is no workload "shpo". Did you mean "shop"? There is "shop".
    "
  `);
});

test('an image for one of several containers', () => {
  expect(show(`${head}containers: {web: {image: a}, log: {image: b}}\n`, { images: { shop: 'c' } })).toMatchInlineSnapshot(`
    "
    error[T1204] It is not clear which container an image is for
      No container of "shop" has the image \`.\`. Name the one that is meant: --image shop/web=REF or --image shop/log=REF.
    "
  `);
});

test('two workloads of one name', () => {
  expect(show(`${atTop()}---\n${atTop()}`)).toMatchInlineSnapshot(`
    "
    error[T1201] Two workloads have one name
     --> score.yaml:9:9
      8 | metadata:
      9 |   name: shop
        |         ^^^^
      A workload "shop" was read before this one. Rename one of them, or leave one out.
      score.yaml:3:9: The first one is here.
    "
  `);
});

test('text that would act on a terminal', () => {
  expect(show(inContainer('"\\e[31mred\\u202e": x'))).toMatchInlineSnapshot(`
    "
    error[T1103] A key is not known here
     --> score.yaml:7:5
      6 |     image: nginx
      7 |     "\\e[31mred\\u202e": x
        |     ^^^^^^^^^^^^^^^^^
      "\\u{1b}[31mred\\u{202e}" is not a key that can stand in containers.web. Allowed are image, command, args, variables, files, volumes, before, resources, livenessProbe, readinessProbe.
    "
  `);
});

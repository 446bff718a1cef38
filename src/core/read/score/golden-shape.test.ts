import { expect, test } from 'vitest';
import { atTop, head, inContainer, show } from './test-support.ts';

test('a file that is no Score file', () => {
  expect(show('apiVersion: apps/v1\nkind: Deployment\n')).toMatchInlineSnapshot(`
    "
    error[T1101] This is not a Score document
     --> score.yaml:1:13
      1 | apiVersion: apps/v1
        |             ^^^^^^^
      This is a "Deployment" of "apps/v1", not a workload in Score.
    "
  `);
});

test('platform configuration', () => {
  expect(show('apiVersion: tutti.dev/v1\nkind: Target\n')).toMatchInlineSnapshot(`
    "
    error[T1101] This is not a Score document
     --> score.yaml:1:13
      1 | apiVersion: tutti.dev/v1
        |             ^^^^^^^^^^^^
      This is platform configuration. Give its folder with --platform DIR instead.
    "
  `);
});

test('an empty file', () => {
  expect(show('')).toMatchInlineSnapshot(`
    "
    error[T1101] This is not a Score document
     --> score.yaml:1:1
      1 |
        | ^
      There is nothing in it but comments and blank space. A Score file has apiVersion, metadata and containers.
    "
  `);
});

test('a version that does not exist', () => {
  expect(show(inContainer().replace('v1b1', 'v1'))).toMatchInlineSnapshot(`
    "
    error[T1102] The Score version is not supported
     --> score.yaml:1:13
      1 | apiVersion: score.dev/v1
        |             ^^^^^^^^^^^^
      The version is "score.dev/v1". Write apiVersion: score.dev/v1b1.
    "
  `);
});

test('a misspelt key', () => {
  expect(show(inContainer('varibles: {A: b}'))).toMatchInlineSnapshot(`
    "
    error[T1103] A key is not known here
     --> score.yaml:7:5
      6 |     image: nginx
      7 |     varibles: {A: b}
        |     ^^^^^^^^
      "varibles" is not a key that can stand in containers.web. Did you mean "variables"? Allowed are image, command, args, variables, files, volumes, before, resources, livenessProbe, readinessProbe.
    "
  `);
});

test('a key of another format', () => {
  expect(show(inContainer('env: {A: b}'))).toMatchInlineSnapshot(`
    "
    error[T1103] A key is not known here
     --> score.yaml:7:5
      6 |     image: nginx
      7 |     env: {A: b}
        |     ^^^
      "env" is not a key that can stand in containers.web. Allowed are image, command, args, variables, files, volumes, before, resources, livenessProbe, readinessProbe. Score calls them \`variables\`.
    "
  `);
});

test('an extension at the top', () => {
  expect(show(atTop('x-team: blue'))).toMatchInlineSnapshot(`
    "
    error[T1103] A key is not known here
     --> score.yaml:5:1
      4 | containers: {web: {image: nginx}}
      5 | x-team: blue
        | ^^^^^^
      "x-team" is not a key that can stand at the top of the document. Allowed are apiVersion, metadata, service, containers, resources. Score has no extensions; keys of your own can stand under \`metadata\`.
    "
  `);
});

test('a missing image', () => {
  expect(show(`${head}containers:\n  web:\n    command: [run]\n`)).toMatchInlineSnapshot(`
    "
    error[T1104] A required key is missing
     --> score.yaml:5:3
      4 | containers:
      5 |   web:
        |   ^^^
      containers.web needs the key "image".
    "
  `);
});

test('a missing name', () => {
  expect(show('apiVersion: score.dev/v1b1\nmetadata: {}\ncontainers: {web: {image: nginx}}\n')).toMatchInlineSnapshot(`
    "
    error[T1104] A required key is missing
     --> score.yaml:2:1
      1 | apiVersion: score.dev/v1b1
      2 | metadata: {}
        | ^^^^^^^^
      metadata needs the key "name".
    "
  `);
});

test('no containers', () => {
  expect(show(`${head}containers: {}\n`)).toMatchInlineSnapshot(`
    "
    error[T1108] A value is too small, too large, too short or too long
     --> score.yaml:4:13
      3 |   name: shop
      4 | containers: {}
        |             ^^
      containers must not be empty; a map stands there.
    "
  `);
});

test('a number as the value of a variable', () => {
  expect(show(inContainer('variables:', '  PORT: 8080', '  VERSION: 1.10'))).toMatchInlineSnapshot(`
    "
    error[T1105] A value has the wrong type
     --> score.yaml:8:13
      7 |     variables:
      8 |       PORT: 8080
        |             ^^^^
      containers.web.variables.PORT must be text; the number 8080 stands there. Put it in quotes: PORT: "8080".
    error[T1105] A value has the wrong type
     --> score.yaml:9:16
      8 |       PORT: 8080
      9 |       VERSION: 1.10
        |                ^^^^
      containers.web.variables.VERSION must be text; the number 1.1 stands there. Put it in quotes: VERSION: "1.10".
    "
  `);
});

test('a number as CPU', () => {
  expect(show(inContainer('resources: {limits: {cpu: .5}}'))).toMatchInlineSnapshot(`
    "
    error[T1105] A value has the wrong type
     --> score.yaml:7:31
      6 |     image: nginx
      7 |     resources: {limits: {cpu: .5}}
        |                               ^^
      containers.web.resources.limits.cpu must be text; the number 0.5 stands there. Put it in quotes, with a digit before the point: cpu: "0.5".
    "
  `);
});

test('an impossible amount of memory', () => {
  expect(show(inContainer('resources:', '  limits: {memory: 512MB}'))).toMatchInlineSnapshot(`
    "
    error[T1107] A text has the wrong form
     --> score.yaml:8:24
      7 |     resources:
      8 |       limits: {memory: 512MB}
        |                        ^^^^^
      "512MB" cannot be used as containers.web.resources.limits.memory: a number above zero, then nothing or one of K, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, as in "512Mi". Did you mean "512M"?
    "
  `);
});

test('a name of one character', () => {
  expect(show(atTop('service: {ports: {w: {port: 80}}}'))).toMatchInlineSnapshot(`
    "
    error[T1107] A text has the wrong form
     --> score.yaml:5:19
      4 | containers: {web: {image: nginx}}
      5 | service: {ports: {w: {port: 80}}}
        |                   ^
      The name "w" cannot be used: 2 to 63 lower-case letters, digits and "-", beginning and ending with a letter or digit. One character is too short.
    "
  `);
});

test('a name in upper case', () => {
  expect(show(atTop().replace('name: shop', 'name: My_Shop'))).toMatchInlineSnapshot(`
    "
    error[T1107] A text has the wrong form
     --> score.yaml:3:9
      2 | metadata:
      3 |   name: My_Shop
        |         ^^^^^^^
      "My_Shop" cannot be used as metadata.name: 2 to 63 lower-case letters, digits and "-", beginning and ending with a letter or digit. Did you mean "my-shop"?
    "
  `);
});

test('a port that is too high', () => {
  expect(show(atTop('service: {ports: {web: {port: 70000}}}'))).toMatchInlineSnapshot(`
    "
    error[T1108] A value is too small, too large, too short or too long
     --> score.yaml:5:31
      4 | containers: {web: {image: nginx}}
      5 | service: {ports: {web: {port: 70000}}}
        |                               ^^^^^
      service.ports.web.port must be at most 65535; the number 70000 stands there.
    "
  `);
});

test('a port in quotes', () => {
  expect(show(atTop('service: {ports: {web: {port: "80"}}}'))).toMatchInlineSnapshot(`
    "
    error[T1105] A value has the wrong type
     --> score.yaml:5:31
      4 | containers: {web: {image: nginx}}
      5 | service: {ports: {web: {port: "80"}}}
        |                               ^^^^
      service.ports.web.port must be a number; text stands there. Remove the quotes: port: 80.
    "
  `);
});

test('a scheme in lower case', () => {
  expect(show(inContainer('readinessProbe: {httpGet: {path: /, port: 80, scheme: http}}'))).toMatchInlineSnapshot(`
    "
    error[T1106] A value is not one of those allowed
     --> score.yaml:7:59
      6 |     image: nginx
      7 |     readinessProbe: {httpGet: {path: /, port: 80, scheme: http}}
        |                                                           ^^^^
      containers.web.readinessProbe.httpGet.scheme is "http"; it must be "HTTP" or "HTTPS". Did you mean "HTTP"?
    "
  `);
});

test('a probe that checks nothing', () => {
  expect(show(inContainer('livenessProbe: {}'))).toMatchInlineSnapshot(`
    "
    error[T1109] A combination of keys is not possible
     --> score.yaml:7:20
      6 |     image: nginx
      7 |     livenessProbe: {}
        |                    ^^
      containers.web.livenessProbe: httpGet, exec or both are needed.
    "
  `);
});

test('a command that is one text', () => {
  expect(show(inContainer('command: npm start'))).toMatchInlineSnapshot(`
    "
    error[T1105] A value has the wrong type
     --> score.yaml:7:14
      6 |     image: nginx
      7 |     command: npm start
        |              ^^^^^^^^^
      containers.web.command must be a list; text stands there. Write each word as an item of a list: command: ["npm", "start"].
    "
  `);
});

test('a file with two contents', () => {
  expect(show(inContainer('files:', '  /etc/app.conf: {content: a, source: b}'))).toMatchInlineSnapshot(`
    "
    error[T1109] A combination of keys is not possible
     --> score.yaml:8:22
      7 |     files:
      8 |       /etc/app.conf: {content: a, source: b}
        |                      ^^^^^^^^^^^^^^^^^^^^^^^
      containers.web.files["/etc/app.conf"]: exactly one of content, source and binaryContent is needed.
    "
  `);
});

test('a mode that is a number', () => {
  expect(show(inContainer('files:', '  /etc/app.conf: {content: a, mode: 0644}'))).toMatchInlineSnapshot(`
    "
    error[T1105] A value has the wrong type
     --> score.yaml:8:41
      7 |     files:
      8 |       /etc/app.conf: {content: a, mode: 0644}
        |                                         ^^^^
      containers.web.files["/etc/app.conf"].mode must be text; the number 644 stands there. A mode is text; put it in quotes: mode: "0644".
    "
  `);
});

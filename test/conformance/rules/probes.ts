import { expect } from 'vitest';
import { same, stricter, type Chapter } from '../rule.ts';
import { accepts, inContainer, readContainer, refuses } from '../support.ts';

function withProbe(probe: string): readonly string[] {
  return [inContainer(`livenessProbe: ${probe}`), inContainer(`readinessProbe: ${probe}`)];
}

function withGet(get: string): readonly string[] {
  return withProbe(`{httpGet: ${get}}`);
}

export const chapter: Chapter = {
  name: 'probes',
  title: 'Probes',
  source: 'Schema v1b1, tag 0.4.1: `livenessProbe`, `readinessProbe`.',
  rules: [
    stricter(
      'A probe has `httpGet`, `exec` or both.',
      'The schema that the tools carry lacks this rule, so they fail later in the converter, or not at all.',
      () => {
        accepts(...withProbe('{exec: {command: [x]}, httpGet: {port: 80, path: /}}'));
        refuses('T1109', ...withProbe('{}'));
      },
    ),
    same('`httpGet` needs `port` and `path`.', () => {
      accepts(...withGet('{port: 80, path: /ready}'));
      refuses('T1104', ...withGet('{port: 80}'), ...withGet('{path: /}'));
    }),
    same('The port of a probe is a whole number from 1 to 65535.', () => {
      refuses('T1108', ...withGet('{port: 0, path: /}'), ...withGet('{port: 65536, path: /}'));
      refuses('T1105', ...withGet('{port: web, path: /}'));
    }),
    same('`host` is not empty; without it the container itself is asked.', () => {
      accepts(...withGet('{port: 80, path: /, host: example.com}'));
      refuses('T1108', ...withGet('{port: 80, path: /, host: ""}'));
    }),
    same('`scheme` is `HTTP` or `HTTPS`, in capitals.', () => {
      accepts(...withGet('{port: 80, path: /, scheme: HTTPS}'));
      refuses('T1106', ...withGet('{port: 80, path: /, scheme: http}'));
    }),
    same('`httpHeaders` are a list of `name` and `value`, both required.', () => {
      const [text = ''] = withGet('{port: 80, path: /, httpHeaders: [{name: X-A, value: b}]}');
      expect(readContainer(text).livenessProbe?.httpGet?.httpHeaders).toEqual([{ name: 'X-A', value: 'b' }]);
      refuses('T1104', ...withGet('{port: 80, path: /, httpHeaders: [{name: A}]}'));
      refuses('T1105', ...withGet('{port: 80, path: /, httpHeaders: {A: b}}'));
    }),
    same('The name of a header has letters, digits, `_` and `-`; its value is not empty.', () => {
      refuses('T1107', ...withGet('{port: 80, path: /, httpHeaders: [{name: "a b", value: c}]}'));
      refuses('T1108', ...withGet('{port: 80, path: /, httpHeaders: [{name: A, value: ""}]}'));
    }),
    same('`exec` needs a `command`, a list of texts.', () => {
      accepts(...withProbe('{exec: {command: [cat, /ready]}}'));
      refuses('T1104', ...withProbe('{exec: {}}'));
      refuses('T1105', ...withProbe('{exec: {command: cat}}'));
    }),
    same('A probe has no timings and no further keys.', () => {
      refuses(
        'T1103',
        ...withProbe('{exec: {command: [x]}, periodSeconds: 5}'),
        ...withProbe('{tcpSocket: {port: 80}, exec: {command: [x]}}'),
      );
      refuses('T1103', ...withGet('{port: 80, path: /, timeout: 1}'));
    }),
    same('There is no startup probe.', () => {
      refuses('T1103', inContainer('startupProbe: {exec: {command: [x]}}'));
    }),
  ],
};

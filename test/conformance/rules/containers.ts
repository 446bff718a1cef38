import { expect } from 'vitest';
import { more, same, stricter, type Chapter } from '../rule.ts';
import { accepts, findProblems, inContainer, readContainer, readOne, refuses, withContainers } from '../support.ts';

function withQuantity(kind: 'memory' | 'cpu', values: readonly string[]): readonly string[] {
  return values.map((value) => inContainer(`resources: {limits: {${kind}: ${value}}}`));
}

export const chapter: Chapter = {
  name: 'containers',
  title: 'Containers',
  source: 'Schema v1b1, tag 0.4.1: `containers`.',
  rules: [
    same('At least one container is needed.', () => {
      refuses('T1108', withContainers('{}'));
      refuses('T1105', withContainers('[]'), withContainers('x'));
    }),
    same('The name of a container is a label of 2 to 63 characters.', () => {
      accepts(withContainers('{ab: {image: x}, 0-1: {image: y}}'));
      refuses('T1107', withContainers('{a: {image: x}}'), withContainers('{Main: {image: x}}'), withContainers('{a_b: {image: x}}'));
    }),
    same('A container has no keys but those of the schema.', () => {
      refuses('T1103', inContainer('env: {A: b}'), inContainer('ports: []'), inContainer('securityContext: {}'));
    }),
    same('`image` is required and not empty.', () => {
      refuses('T1104', withContainers('{main: {}}'));
      refuses('T1108', withContainers('{main: {image: ""}}'));
      refuses('T1105', withContainers('{main: {image: 1}}'));
    }),
    same('An image `.` must be supplied when deploying.', () => {
      refuses('T1202', withContainers('{main: {image: .}}'));
      expect(readOne(withContainers('{main: {image: .}}'), {}, { images: { '*': 'web:1' } }).containers['main']?.image).toBe('web:1');
    }),
    same('`command` is a list of texts.', () => {
      expect(readContainer(inContainer('command: [sh, -c, "", $HOME]')).command).toEqual(['sh', '-c', '', '$HOME']);
      refuses('T1105', inContainer('command: sh -c x'), inContainer('command: [1]'));
    }),
    same('`args` is a list of texts.', () => {
      expect(readContainer(inContainer('args: [a, "1"]')).args).toEqual(['a', '1']);
      refuses('T1105', inContainer('args: a'), inContainer('args: [true]'));
    }),
    same('An empty `command` or `args` is not an absent one.', () => {
      expect(readContainer(inContainer('command: []'))).toMatchObject({ command: [] });
      expect(readContainer(inContainer('args: []'))).not.toHaveProperty('command');
    }),
    same('`variables` are a map from names to texts; a number without quotes is an error.', () => {
      expect(readContainer(inContainer('variables: {A: b, B: "", C: "1"}')).variables).toEqual({ A: 'b', B: '', C: '1' });
      refuses('T1105', inContainer('variables: {PORT: 8080}'), inContainer('variables: {ON: true}'), inContainer('variables: {A: }'));
      refuses('T1105', inContainer('variables: [A=b]'));
    }),
    same('The name of a variable is any text without `=`, and not empty.', () => {
      expect(readContainer(inContainer('variables: {"a b.c-d": x, ü: y}')).variables).toEqual({ 'a b.c-d': 'x', ü: 'y' });
      refuses('T1107', inContainer('variables: {"A=B": x}'), inContainer('variables: {"": x}'));
    }),
    same('`no`, `on` and `12:30` are text, as in YAML 1.2.', () => {
      expect(readContainer(inContainer('variables: {A: no, B: on, C: 12:30}')).variables).toEqual({ A: 'no', B: 'on', C: '12:30' });
    }),
    same('`before` names containers of the workload, each with `ready`: `started`, `healthy` or `complete`.', () => {
      const containers = (before: string): string => withContainers(`{main: {image: x}, init: {image: y, before: ${before}}}`);
      accepts(...['started', 'healthy', 'complete'].map((ready) => containers(`{main: {ready: ${ready}}}`)));
      refuses('T1106', containers('{main: {ready: done}}'));
      refuses('T1104', containers('{main: {}}'));
      refuses('T1103', containers('{main: {ready: started, timeout: 1}}'));
    }),
    same('`before` names no unknown container.', () => {
      refuses('T1211', withContainers('{main: {image: x, before: {mian: {ready: started}}}}'));
    }),
    same('`before` makes no cycle, and names not its own container.', () => {
      refuses('T1212', withContainers('{main: {image: x, before: {main: {ready: started}}}}'));
      refuses('T1212', withContainers('{ab: {image: x, before: {cd: {ready: started}}}, cd: {image: x, before: {ab: {ready: started}}}}'));
    }),
    same('`resources` has `limits` and `requests`, each with `memory` and `cpu`, none of them required.', () => {
      const text = inContainer('resources: {limits: {memory: 1Gi}, requests: {cpu: "0.5"}}');
      expect(readContainer(text)).toMatchObject({ limits: { memory: '1Gi' }, requests: { cpu: '0.5' } });
      accepts(inContainer('resources: {}'), inContainer('resources: {limits: {}}'));
      refuses('T1103', inContainer('resources: {limits: {gpu: "1"}}'), inContainer('resources: {max: {}}'));
    }),
    same('`memory` is a number above zero with one of `K M G T P E Ki Mi Gi Ti Pi Ei` or nothing.', () => {
      accepts(...withQuantity('memory', ['"1"', '1K', '1.5M', '0.5Gi', '10Ti', '1E', '1Ei', '1P', '1Pi', '1Ki']));
      refuses('T1107', ...withQuantity('memory', ['"0"', '"01"', '1k', '1m', '1KB', '1 Gi', '.5Gi', '-1Gi', '"1e3"', '""']));
    }),
    same('`memory` is text; a number without quotes is an error.', () => {
      refuses('T1105', ...withQuantity('memory', ['1024', '1.5']));
    }),
    same('`cpu` is a whole or decimal number with a digit before the point, or thousandths with `m`.', () => {
      accepts(...withQuantity('cpu', ['"1"', '"0"', '"0.5"', '"1.25"', '500m', '0m']));
      refuses('T1107', ...withQuantity('cpu', ['".5"', '"1."', '0.5m', '1M', '-1m', '1c']));
    }),
    same('`cpu` is text; a number without quotes is an error.', () => {
      refuses('T1105', ...withQuantity('cpu', ['1', '0.5']));
    }),
    stricter(
      'Maps of Score take any key.',
      'The keys `__proto__` and `$tutti` are refused in every document: nothing that is read can pretend to be something of ours.',
      () => {
        refuses('T1013', inContainer('variables: {__proto__: x}'), inContainer('variables: {$tutti: x}'));
      },
    ),
    more('A key that the schema does not know is refused.', 'The message says what Score calls it.', () => {
      expect(findProblems(inContainer('env: {A: b}'))[0]?.detail).toContain('Score calls them `variables`');
      expect(findProblems(inContainer('entrypoint: [a]'))[0]?.detail).toContain('Score calls it `command`');
    }),
  ],
};

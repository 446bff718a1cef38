import { describe, expect, it } from 'vitest';
import { readScore } from '../../read/score/score.ts';
import { checkPlaceholders } from './check.ts';

const file = `apiVersion: score.dev/v1b1
metadata: {name: web, team: blue}
containers:
  main:
    image: example/web:1
    variables:
      FINE: \${resources.db.anything}-\${metadata.team}-$\${literal}
      TYPO: \${resources.bd.host}
      LITTLE: \${resources.db}
      ROOT: \${resource.db.host}
      META: \${metadata.taem}
    files:
      /a: {content: "\${resources.nope.x}"}
      /b: {content: "\${resources.nope.x}", noExpand: true}
    volumes:
      /data: {source: "\${resources.db}"}
resources:
  db: {type: postgres, params: {of: ["\${resources.other.x}"]}}
`;

describe('the placeholders of a file', () => {
  it('are checked as far as the file alone tells, all at once', () => {
    const [workload] = readScore([{ file: 'score.yaml', text: file }]).value ?? [];
    const problems = workload ? checkPlaceholders(workload) : [];
    expect(problems.map(({ code, place }) => `${code} ${place?.path.join('.')}`)).toEqual([
      'T3202 containers.main.variables.TYPO',
      'T3204 containers.main.variables.LITTLE',
      'T3201 containers.main.variables.ROOT',
      'T3203 containers.main.variables.META',
      'T3202 containers.main.files./a.content',
      'T3202 resources.db.params.of.0',
    ]);
  });
});

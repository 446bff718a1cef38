// 30,000 renderings of a template as provisioner files have them; beside it the floor: a function written by hand that makes the same text.
import { createHash } from 'node:crypto';
import { parseTemplate } from '../../src/drivers/score/go-template/parse-template.ts';
import { renderTemplate } from '../../src/drivers/score/go-template/render-template.ts';
import { structOf } from '../../src/drivers/score/go-template/values/incoming.ts';
import { clock, printNumbers } from '../measure.ts';

const renderCount = 30_000;

const text = `- apiVersion: apps/v1
  kind: StatefulSet
  metadata:
    name: {{ .State.service }}
    {{- if ne .Namespace "" }}
    namespace: {{ .Namespace }}
    {{- end }}
    annotations:
      k8s.score.dev/source-workload: {{ .SourceWorkload | quote }}
      k8s.score.dev/resource-uid: {{ .Uid | quote }}
      k8s.score.dev/resource-guid: {{ .Guid | quote }}
    labels:
      app.kubernetes.io/managed-by: score-k8s
      app.kubernetes.io/name: {{ .State.service }}
      app.kubernetes.io/instance: {{ .State.service }}
  spec:
    replicas: {{ dig "replicas" 1 .Params }}
    serviceName: {{ .State.service }}
    template:
      spec:
        containers:
        - name: redis-{{ randAlpha 6 | lower }}
          ports:
          {{- range $name, $port := .Ports }}
          - name: {{ $name }}
            containerPort: {{ $port }}
          {{- end }}
          env:
          - name: PASSWORD
            value: {{ dig "password" (randAlphaNum 16) .State | b64enc | quote }}
          - name: HOST
            value: {{ printf "%s-%d" (trunc 20 .State.service) (len .Ports) | quote }}
`;

const parsed = parseTemplate(text);
if ('problem' in parsed) throw new Error(parsed.problem.message);
const template = parsed.value;

/** Bytes as a driver draws them, so that drawing is not part of what is measured twice. */
const drawn = createHash('sha512').update('bench').digest();
const surroundings = { now: '2026-01-02T03:04:05.000Z', randomBytes: () => drawn };

const first = await clock(() => renderMany(renderCount));
const warm = await clock(() => renderMany(renderCount));
const floor = await clock(() => {
  let length = 0;
  for (let index = 0; index < renderCount; index++) length += writeByHand(index).length;
  return length;
});
if (warm.value !== floor.value) throw new Error(`the texts differ: ${warm.value} and ${floor.value} characters`);
printNumbers({ first: first.ms, warm: warm.ms, floor: floor.ms, perSecond: (renderCount / warm.ms) * 1000 });

function renderMany(count: number): number {
  let length = 0;
  for (let index = 0; index < count; index++) {
    const rendered = renderTemplate(template, dataOf(index), surroundings);
    if ('problem' in rendered) throw new Error(rendered.problem.message);
    length += rendered.value.length;
  }
  return length;
}

function dataOf(index: number) {
  return structOf('Data', {
    Uid: `redis.default#workload-${index}.cache`,
    Guid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    SourceWorkload: `workload-${index}`,
    Namespace: 'bench',
    Params: {},
    State: { service: `redis-workload-${index}`, password: `secret-${index}` },
    Ports: { tcp: 6379, metrics: 9121 },
  });
}

function writeByHand(index: number): string {
  const service = `redis-workload-${index}`;
  const short = service.slice(0, 20);
  return `- apiVersion: apps/v1
  kind: StatefulSet
  metadata:
    name: ${service}
    namespace: bench
    annotations:
      k8s.score.dev/source-workload: ${JSON.stringify(`workload-${index}`)}
      k8s.score.dev/resource-uid: ${JSON.stringify(`redis.default#workload-${index}.cache`)}
      k8s.score.dev/resource-guid: ${JSON.stringify(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`)}
    labels:
      app.kubernetes.io/managed-by: score-k8s
      app.kubernetes.io/name: ${service}
      app.kubernetes.io/instance: ${service}
  spec:
    replicas: 1
    serviceName: ${service}
    template:
      spec:
        containers:
        - name: redis-abcdef
          ports:
          - name: metrics
            containerPort: 9121
          - name: tcp
            containerPort: 6379
          env:
          - name: PASSWORD
            value: ${JSON.stringify(Buffer.from(`secret-${index}`).toString('base64'))}
          - name: HOST
            value: ${JSON.stringify(`${short}-2`)}
`;
}

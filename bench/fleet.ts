import type { ScoreSource } from '../src/core/index.ts';

/** A workload as most are: one container, one port, variables from three resources. */
export function writeWorkload(name: string, tag: string): string {
  return `apiVersion: score.dev/v1b1
metadata:
  name: ${name}
service:
  ports:
    http:
      port: 80
      targetPort: 8080
containers:
  main:
    image: example/${name}:${tag}
    variables:
      DB: postgresql://\${resources.db.username}:\${resources.db.password}@\${resources.db.host}:\${resources.db.port}/\${resources.db.name}
      REDIS: \${resources.cache.host}:\${resources.cache.port}
      HOST: \${resources.dns.host}
    readinessProbe:
      httpGet: {path: /ready, port: 8080}
    resources:
      requests: {cpu: 50m, memory: 64Mi}
resources:
  db:
    type: postgres
  cache:
    type: redis
  dns:
    type: dns
`;
}

/** Score files of so many workloads with three needs each. */
export function writeFleet(count: number): readonly ScoreSource[] {
  return Array.from({ length: count }, (_, index) => ({ file: `w${index}.yaml`, text: writeWorkload(`w${index}`, '1') }));
}

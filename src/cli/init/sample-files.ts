import type { NewFile } from '../output/write-files.ts';

const score = `# What this workload is and needs; nothing of any environment. https://docs.score.dev
apiVersion: score.dev/v1b1
metadata:
  name: web
service:
  ports:
    http:
      port: 80
      targetPort: 8080
containers:
  main:
    image: ghcr.io/example/web:1.0.0
    variables:
      PORT: "8080"
      DATABASE_HOST: \${resources.db.host}
      DATABASE_PORT: \${resources.db.port}
      DATABASE_NAME: \${resources.db.name}
      DATABASE_USER: \${resources.db.username}
      DATABASE_PASSWORD: \${resources.db.password}
      CACHE_URL: redis://\${resources.cache.username}:\${resources.cache.password}@\${resources.cache.host}:\${resources.cache.port}
    volumes:
      /var/lib/web:
        source: \${resources.uploads}
resources:
  db:
    type: postgres
  cache:
    type: redis
  uploads:
    type: volume
  domain:
    type: dns
  entrance:
    type: route
    params:
      host: \${resources.domain.host}
      path: /
      port: http
`;

const targets = `# Where environments are deployed: here a folder each, to look at.
apiVersion: tutti.dev/v1
kind: Target
metadata: {name: folder}
spec:
  type: directory
  match:
    - {}
  inputs:
    path: .tutti/out/\${context.project}/\${context.environment}
`;

const environmentTypes = `# What an environment of each type means.
apiVersion: tutti.dev/v1
kind: EnvironmentType
metadata: {name: development}
spec:
  onDestroy: delete
---
apiVersion: tutti.dev/v1
kind: EnvironmentType
metadata: {name: production}
spec:
  protected: true
  onDestroy: retain
`;

const postgres = `# How the need \`postgres\` is met in production: by an operator that is there already (here CloudNativePG).
# In the other environments, and for every other type, the definitions that come with tutti meet the need: \`tutti explain\` says which.
# No Score file knows of the difference.
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: postgres-by-operator}
spec:
  type: postgres
  match:
    - {environmentType: production, format: kubernetes}
  driver: template
  inputs:
    generate:
      password: {kind: password, length: 32}
    locals:
      name: pg-\${resource.slug}
    outputs:
      host: \${locals.name}-rw
      port: 5432
      name: app
      database: app
      username: app
      password: \${generate.password}
    manifests:
      - apiVersion: v1
        kind: Secret
        metadata: {name: "\${locals.name}"}
        type: kubernetes.io/basic-auth
        data:
          username: \${base64.encode('app')}
          password: \${base64.encode(generate.password)}
      - apiVersion: postgresql.cnpg.io/v1
        kind: Cluster
        metadata: {name: "\${locals.name}"}
        spec:
          instances: 3
          bootstrap:
            initdb:
              database: app
              owner: app
              secret: {name: "\${locals.name}"}
          storage:
            size: 10Gi
`;

/** What `tutti init` writes; the Score file first. */
export const sampleFiles: readonly NewFile[] = [
  { file: 'score.yaml', text: score },
  { file: 'platform/targets.yaml', text: targets },
  { file: 'platform/environment-types.yaml', text: environmentTypes },
  { file: 'platform/postgres.yaml', text: postgres },
];

/** Built-in contracts and definitions of the types that Score files ask for most, for Kubernetes. */
export const resourcesFile = `apiVersion: tutti.dev/v1
kind: ResourceType
metadata: {name: postgres, version: 1.0.0}
spec:
  description: A PostgreSQL database of its own.
  stateful: true
  params:
    type: object
    properties:
      size: {type: string, enum: [small, large]}
    additionalProperties: false
  outputs:
    type: object
    required: [host, port, name, username, password]
    properties:
      host: {type: string}
      port: {type: integer}
      name: {type: string, description: The name of the database.}
      database: {type: string, description: The same as name.}
      username: {type: string}
      password: {type: string, writeOnly: true}
---
apiVersion: tutti.dev/v1
kind: ResourceType
metadata: {name: redis, version: 1.0.0}
spec:
  description: A Redis to keep what may be lost.
  stateful: false
  params: {type: object, additionalProperties: false}
  outputs:
    type: object
    required: [host, port, password]
    properties:
      host: {type: string}
      port: {type: integer}
      username: {type: string}
      password: {type: string, writeOnly: true}
---
apiVersion: tutti.dev/v1
kind: ResourceType
metadata: {name: dns, version: 1.0.0}
spec:
  description: A name under which something answers.
  stateful: false
  params: {type: object, additionalProperties: false}
  outputs:
    type: object
    required: [host]
    properties:
      host: {type: string}
---
apiVersion: tutti.dev/v1
kind: ResourceType
metadata: {name: route, version: 1.0.0}
spec:
  description: Leads requests for a host and a path to a port of the workload.
  stateful: false
  params:
    type: object
    required: [host, port]
    properties:
      host: {type: string}
      path: {type: string, pattern: "^/"}
      port: {type: integer, minimum: 1, maximum: 65535}
    additionalProperties: false
  outputs: {type: object}
---
apiVersion: tutti.dev/v1
kind: ResourceType
metadata: {name: volume, version: 1.0.0}
spec:
  description: A folder that outlives its containers.
  stateful: true
  params:
    type: object
    properties:
      size: {type: string, pattern: "^[1-9][0-9]*[KMGT]i$"}
    additionalProperties: false
  outputs:
    type: object
    required: [source]
    properties:
      source: {type: object}
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: builtin-postgres}
spec:
  type: postgres
  match:
    - {format: kubernetes}
  driver: template
  inputs:
    generate:
      password: {kind: password, length: 24}
    locals:
      name: pg-\${resource.slug}
      storage: 1Gi
    outputs:
      host: \${locals.name}
      port: 5432
      name: app
      database: app
      username: app
      password: \${generate.password}
    manifests:
      - apiVersion: v1
        kind: Secret
        metadata: {name: "\${locals.name}"}
        stringData:
          password: \${generate.password}
      - apiVersion: v1
        kind: Service
        metadata: {name: "\${locals.name}"}
        spec:
          selector: {tutti.dev/resource: "\${locals.name}"}
          ports:
            - {name: postgres, port: 5432, targetPort: 5432}
      - apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: "\${locals.name}"}
        spec:
          replicas: 1
          serviceName: \${locals.name}
          selector:
            matchLabels: {tutti.dev/resource: "\${locals.name}"}
          template:
            metadata:
              labels: {tutti.dev/resource: "\${locals.name}"}
            spec:
              automountServiceAccountToken: false
              securityContext: {fsGroup: 999, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: postgres
                  image: docker.io/library/postgres:17.2-bookworm
                  securityContext:
                    allowPrivilegeEscalation: false
                    runAsUser: 999
                    runAsNonRoot: true
                    capabilities: {drop: [ALL]}
                  env:
                    - {name: POSTGRES_DB, value: app}
                    - {name: POSTGRES_USER, value: app}
                    - name: POSTGRES_PASSWORD
                      valueFrom: {secretKeyRef: {name: "\${locals.name}", key: password}}
                    - {name: PGDATA, value: /var/lib/postgresql/data/pgdata}
                  ports:
                    - {name: postgres, containerPort: 5432}
                  readinessProbe:
                    exec: {command: [pg_isready, -U, app, -d, app]}
                  resources:
                    requests: {cpu: 100m, memory: 256Mi}
                    limits: {memory: 512Mi}
                  volumeMounts:
                    - {name: data, mountPath: /var/lib/postgresql/data}
          volumeClaimTemplates:
            - metadata: {name: data}
              spec:
                accessModes: [ReadWriteOnce]
                resources:
                  requests: {storage: "\${locals.storage}"}
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: builtin-redis}
spec:
  type: redis
  match:
    - {format: kubernetes}
  driver: template
  inputs:
    generate:
      password: {kind: password, length: 24}
    locals:
      name: redis-\${resource.slug}
    outputs:
      host: \${locals.name}
      port: 6379
      username: default
      password: \${generate.password}
    manifests:
      - apiVersion: v1
        kind: Secret
        metadata: {name: "\${locals.name}"}
        stringData:
          password: \${generate.password}
      - apiVersion: v1
        kind: Service
        metadata: {name: "\${locals.name}"}
        spec:
          selector: {tutti.dev/resource: "\${locals.name}"}
          ports:
            - {name: redis, port: 6379, targetPort: 6379}
      - apiVersion: apps/v1
        kind: Deployment
        metadata: {name: "\${locals.name}"}
        spec:
          replicas: 1
          strategy: {type: Recreate}
          selector:
            matchLabels: {tutti.dev/resource: "\${locals.name}"}
          template:
            metadata:
              labels: {tutti.dev/resource: "\${locals.name}"}
            spec:
              automountServiceAccountToken: false
              securityContext: {seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: redis
                  image: docker.io/library/redis:7.4.2-bookworm
                  args: [--requirepass, $(REDIS_PASSWORD), --save, "", --appendonly, "no"]
                  securityContext:
                    allowPrivilegeEscalation: false
                    runAsUser: 999
                    runAsNonRoot: true
                    capabilities: {drop: [ALL]}
                  env:
                    - name: REDIS_PASSWORD
                      valueFrom: {secretKeyRef: {name: "\${locals.name}", key: password}}
                  ports:
                    - {name: redis, containerPort: 6379}
                  readinessProbe:
                    tcpSocket: {port: 6379}
                  resources:
                    requests: {cpu: 50m, memory: 64Mi}
                    limits: {memory: 128Mi}
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: builtin-dns}
spec:
  type: dns
  match:
    - {}
  driver: static
  inputs:
    outputs:
      host: \${resource.slug}.localhost
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: builtin-route}
spec:
  type: route
  match:
    - {format: kubernetes}
  driver: template
  inputs:
    locals:
      consumer: \${select.consumers("workload")[0].name}
    outputs: {}
    manifests:
      - apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: "route-\${resource.slug}"}
        spec:
          parentRefs:
            - {name: default}
          hostnames: ["\${params.host}"]
          rules:
            - matches:
                - path: {type: PathPrefix, value: "\${'path' in params ? params.path : '/'}"}
              backendRefs:
                - {name: "\${locals.consumer}", port: "\${params.port}"}
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: builtin-volume}
spec:
  type: volume
  match:
    - {format: kubernetes}
  driver: template
  inputs:
    locals:
      name: vol-\${resource.slug}
    outputs:
      source:
        persistentVolumeClaim: {claimName: "\${locals.name}"}
    manifests:
      - apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: "\${locals.name}"}
        spec:
          accessModes: [ReadWriteOnce]
          resources:
            requests:
              storage: "\${'size' in params ? params.size : '1Gi'}"
`;

/** Where environments go as long as the platform configuration has no target. */
export const targetFile = `# Without a Target of the platform team: a folder to look at.
apiVersion: tutti.dev/v1
kind: Target
metadata: {name: directory}
spec:
  type: directory
  match: [{}]
  inputs:
    path: .tutti/out/\${context.project}/\${context.environment}
`;

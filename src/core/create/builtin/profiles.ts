/** The built-in workload profiles, as documents like any other. */
export const profilesFile = `# web: answers requests. The default.
apiVersion: tutti.dev/v1
kind: WorkloadProfile
metadata: {name: web}
spec:
  match: [{}, {class: web}]
  kubernetes:
    base:
      apiVersion: apps/v1
      kind: Deployment
      spec:
        replicas: "\${(workload.name + '.replicas') in context.values ? int(context.values[workload.name + '.replicas']) : 1}"
        revisionHistoryLimit: 3
        template:
          spec:
            automountServiceAccountToken: false
            securityContext: {seccompProfile: {type: RuntimeDefault}}
            containers:
              - name: "*"
                securityContext: {allowPrivilegeEscalation: false, privileged: false}
    fixed:
      - /spec/template/spec/containers/*/securityContext
    open:
      - /spec/template/spec/containers/*/resources
  compose:
    base:
      restart: unless-stopped
      security_opt: ["no-new-privileges:true"]
    fixed: [/security_opt]
    open: [/deploy/resources]
---
# worker: works by itself, without requests.
apiVersion: tutti.dev/v1
kind: WorkloadProfile
metadata: {name: worker}
spec:
  match: [{class: worker}]
  kubernetes:
    base:
      apiVersion: apps/v1
      kind: Deployment
      spec:
        replicas: "\${(workload.name + '.replicas') in context.values ? int(context.values[workload.name + '.replicas']) : 1}"
        revisionHistoryLimit: 3
        strategy: {type: Recreate}
        template:
          spec:
            automountServiceAccountToken: false
            securityContext: {seccompProfile: {type: RuntimeDefault}}
            terminationGracePeriodSeconds: 60
            containers:
              - name: "*"
                securityContext: {allowPrivilegeEscalation: false, privileged: false}
    fixed: [/spec/template/spec/containers/*/securityContext]
    open: [/spec/template/spec/containers/*/resources]
  compose:
    base:
      restart: unless-stopped
      security_opt: ["no-new-privileges:true"]
      stop_grace_period: 60s
    fixed: [/security_opt]
    open: [/deploy/resources]
---
# stateful: keeps data of its own, one claim for each replica.
apiVersion: tutti.dev/v1
kind: WorkloadProfile
metadata: {name: stateful}
spec:
  match: [{class: stateful}]
  kubernetes:
    base:
      apiVersion: apps/v1
      kind: StatefulSet
      spec:
        replicas: "\${(workload.name + '.replicas') in context.values ? int(context.values[workload.name + '.replicas']) : 1}"
        podManagementPolicy: OrderedReady
        template:
          spec:
            automountServiceAccountToken: false
            securityContext: {seccompProfile: {type: RuntimeDefault}}
            containers:
              - name: "*"
                securityContext: {allowPrivilegeEscalation: false, privileged: false}
    fixed: [/spec/template/spec/containers/*/securityContext]
    open: [/spec/template/spec/containers/*/resources]
  compose:
    base:
      restart: unless-stopped
      security_opt: ["no-new-privileges:true"]
    fixed: [/security_opt]
    open: [/deploy/resources]
---
# job: runs once to its end.
apiVersion: tutti.dev/v1
kind: WorkloadProfile
metadata: {name: job}
spec:
  match: [{class: job}]
  kubernetes:
    base:
      apiVersion: batch/v1
      kind: Job
      spec:
        backoffLimit: 3
        template:
          spec:
            restartPolicy: Never
            automountServiceAccountToken: false
            securityContext: {seccompProfile: {type: RuntimeDefault}}
            containers:
              - name: "*"
                securityContext: {allowPrivilegeEscalation: false, privileged: false}
    fixed: [/spec/template/spec/containers/*/securityContext]
    open: [/spec/template/spec/containers/*/resources]
  compose:
    base:
      restart: "on-failure:3"
      security_opt: ["no-new-privileges:true"]
    fixed: [/security_opt]
    open: [/deploy/resources]
---
# cron: runs on a schedule, which the annotation tutti.dev/schedule gives.
apiVersion: tutti.dev/v1
kind: WorkloadProfile
metadata: {name: cron}
spec:
  match: [{class: cron}]
  kubernetes:
    base:
      apiVersion: batch/v1
      kind: CronJob
      spec:
        schedule: "\${'tutti.dev/schedule' in workload.annotations ? workload.annotations['tutti.dev/schedule'] : ''}"
        concurrencyPolicy: Forbid
        jobTemplate:
          spec:
            backoffLimit: 3
            template:
              spec:
                restartPolicy: Never
                automountServiceAccountToken: false
                securityContext: {seccompProfile: {type: RuntimeDefault}}
                containers:
                  - name: "*"
                    securityContext: {allowPrivilegeEscalation: false, privileged: false}
    fixed: [/spec/jobTemplate/spec/template/spec/containers/*/securityContext]
    open: [/spec/jobTemplate/spec/template/spec/containers/*/resources]
`;

import type { TemplateCase } from './case.ts';

/** Templates as provisioner files have them. */
export const manifestsCases: readonly TemplateCase[] = [
  {
    text: 'password: {{ dig "password" (.Init.pw) .State | quote }}\nhost: {{ .Uid | replace "#" "-" | lower }}',
    data: { Init: { pw: 'p1' }, State: {}, Uid: 'Redis.default#A.b' },
    gives: 'password: "p1"\nhost: redis.default-a.b',
  },
  {
    text: 'password: {{ dig "password" (.Init.pw) .State | quote }}',
    data: { Init: { pw: 'p1' }, State: { password: 'kept' } },
    gives: 'password: "kept"',
  },
  {
    text: '- apiVersion: v1\n  kind: Secret\n  metadata:\n    name: {{ .State.service }}\n    annotations:\n      {{- range $k, $v := .Annotations }}\n      {{ $k }}: {{ $v | quote }}\n      {{- end }}\n  data:\n    password: {{ .State.password | b64enc }}',
    data: { State: { service: 'redis-a', password: 's3cret' }, Annotations: { 'b.io/x': '1', 'a.io/y': 'two' } },
    gives:
      '- apiVersion: v1\n  kind: Secret\n  metadata:\n    name: redis-a\n    annotations:\n      a.io/y: "two"\n      b.io/x: "1"\n  data:\n    password: czNjcmV0',
  },
  {
    text: '{{ $ports := list }}{{ range $n, $p := .ports }}{{ $ports = append $ports (printf "%s:%d" $n (int $p)) }}{{ end }}{{ join "," $ports }}',
    data: { ports: { web: 80, admin: 8080 } },
    gives: 'admin:8080,web:80',
  },
  {
    text: '{{ .Metadata | toJson | indent 2 }}',
    data: { Metadata: { b: { x: 1 }, a: '<y>' } },
    gives: '  {"a":"\\u003cy\\u003e","b":{"x":1}}',
  },
  {
    text: '{{- if not (dig "annotations" "k" false .Metadata) }}no{{ else }}yes{{ end }}',
    data: { Metadata: { annotations: { k: true } } },
    gives: 'yes',
  },
  {
    text: '{{ $x := index .Services .Workload }}{{ if not $x }}{{ fail (print "unknown workload \'" .Workload "\'") }}{{ end }}',
    data: { Services: {}, Workload: 'w' },
    fails: "1:56 error calling fail: unknown workload 'w'",
  },
  { text: '{{ (index .Shared "keys").main | default "none" }}', data: { Shared: { keys: { main: '' } } }, gives: 'none' },
  {
    text: '{{ range $i, $h := .hosts }}{{ if $i }},{{ end }}http://{{ $h }}:{{ add 8000 $i }}{{ end }}',
    data: { hosts: ['a', 'b'] },
    gives: 'http://a:8000,http://b:8001',
  },
  {
    text: '{{ with .Params.path | default "/" }}{{ regexReplaceAll "[^a-z0-9]+" . "-" | trimAll "-" | default "root" }}{{ end }}',
    data: { Params: {} },
    gives: 'root',
  },
  {
    text: '{{ if eq (.Params.type | default "Prefix") "Prefix" }}PathPrefix{{ else }}Exact{{ end }}',
    data: { Params: { type: 'Exact' } },
    gives: 'Exact',
  },
  {
    text: '{{ $s := .Shared }}{{ $_ := set $s "n" (add1 (get $s "n" | int)) }}{{ $s.n }} {{ toJson $s }}',
    data: { Shared: { n: 4 } },
    gives: '5 {"n":5}',
  },
  { text: 'args: {{ list "-c" (printf "echo %s" (.v | quote)) | toRawJson }}', data: { v: 'a&b' }, gives: 'args: ["-c","echo \\"a&b\\""]' },
  {
    text: '{{ range tuple "a" "b" }}{{ . | upper }}{{ end }}{{ range $k := keys .m | sortAlpha }}{{ $k }}={{ index $.m $k }};{{ end }}',
    data: { m: { y: 2, x: 1 } },
    gives: 'ABx=1;y=2;',
  },
  {
    text: '{{- define "labels" }}app: {{ .name }}\npart-of: {{ .project | default "none" }}{{ end -}}\nlabels:\n{{ include "labels" . }}',
    data: { name: 'a' },
    fails: '4:4 function "include" not defined',
  },
  {
    text: 'labels: {{ template "l" dict "name" .n }}{{ define "l" }}{{ .name | trunc 63 | trimSuffix "-" }}{{ end }}',
    data: { n: 'web-' },
    gives: 'labels: web',
  },
  {
    text: '{{ .Params.port | int }} {{ .Params.port | toString | quote }} {{ .Params.port | atoi }}',
    data: { Params: { port: '8080' } },
    gives: '8080 "8080" 8080',
  },
  {
    text: '{{ $host := "" }}{{ range $w, $s := .Services }}{{ if hasKey $s.Ports $.port }}{{ $host = printf "%s.%s" $w $s.Name }}{{ break }}{{ end }}{{ end }}{{ $host }}',
    data: { port: '80', Services: { a: { Ports: {}, Name: 'x' }, b: { Ports: { '80': 1 }, Name: 'y' } } },
    gives: 'b.y',
  },
];

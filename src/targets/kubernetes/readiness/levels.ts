/** Kinds in the order in which they are applied: what others refer to, or are refused without, comes first. Source: the order of Flux. */
const levels: readonly (readonly string[])[] = [
  ['CustomResourceDefinition', 'Namespace', 'ClusterRole'],
  ['PriorityClass', 'StorageClass', 'IngressClass', 'GatewayClass', 'RuntimeClass', 'VolumeSnapshotClass'],
  ['ClusterRoleBinding', 'ResourceQuota', 'LimitRange', 'ServiceAccount', 'Role', 'NetworkPolicy'],
  ['RoleBinding', 'ConfigMap', 'Secret', 'ExternalSecret', 'SecretStore', 'PersistentVolume', 'PersistentVolumeClaim'],
  ['Service'],
];

const webhookKinds: ReadonlySet<string> = new Set([
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
]);

const levelByKind = new Map(levels.flatMap((kinds, level) => kinds.map((kind) => [kind, level] as const)));

/** The level of a kind: workloads and all that nobody knows come after what they read; webhooks last, since they call workloads. */
export function levelOf({ kind }: { readonly kind: string }): number {
  if (webhookKinds.has(kind)) return levels.length + 1;
  return levelByKind.get(kind) ?? levels.length;
}

import type { ColumnType, Generated } from 'kysely';
import type {
  DeploymentRequest,
  DeploymentSnapshot,
  DeploymentStatus,
  DeploymentStep,
  Diagnostic,
  ImportedResource,
  JsonObject,
  ObjectState,
  Plan,
  ResourceState,
  Subject,
  TargetBinding,
  TextFile,
  Uid,
  ValueObject,
  WorkloadState,
} from '../core/index.ts';

/** The tables, as the migrations leave them. JSON columns are written as text and read as the model's types. */
export interface Tables {
  readonly projects: ProjectRow;
  readonly environment_names: { project: string; name: string; incarnation: number };
  readonly releases: ReleaseRow;
  readonly environments: EnvironmentRow;
  readonly environment_values: EnvironmentValueRow;
  readonly seeds: SeedRow;
  readonly resources: { environment: string; uid: string; state: JsonColumn<ResourceState> };
  readonly workloads: { environment: string; name: string; state: JsonColumn<WorkloadState> };
  readonly objects: { environment: string; key: string; state: JsonColumn<ObjectState> };
  readonly plans: PlanRow;
  readonly deployments: DeploymentRow;
  readonly deployment_steps: DeploymentStepRow;
  readonly events: EventRow;
  readonly audit: AuditRow;
  readonly tokens: { hash: Buffer; name: string; created_at: Generated<Date>; created_by: string };
}

type JsonColumn<T> = ColumnType<T, string, string>;

/** Filled in by the database and never by us. */
type Made<T> = ColumnType<T, never, never>;

interface ProjectRow {
  name: string;
  display_name: string | null;
  created_at: Made<Date>;
}

interface ReleaseRow {
  number: number;
  digest: string;
  files: JsonColumn<readonly TextFile[]>;
  created_at: Made<Date>;
  created_by: string;
}

interface EnvironmentRow {
  /** A bigint, which the driver reads as text. */
  id: Made<string>;
  project: string;
  name: string;
  type: string;
  incarnation: number;
  release: number;
  labels: JsonColumn<Readonly<Record<string, string>>>;
  revision: Generated<number>;
  target: ColumnType<TargetBinding | null, string | null, string | null>;
  shared: ColumnType<ValueObject, string | undefined, string>;
  imported: ColumnType<Readonly<Record<Uid, ImportedResource>>, string | undefined, string>;
  fence: Generated<string>;
  deployments: Generated<number>;
  identity: Generated<string>;
  created_at: Made<Date>;
}

interface EnvironmentValueRow {
  environment: string;
  key: string;
  version: number;
  value: string | null;
  secret: Buffer | null;
  hash: string | null;
  changed_at: Made<Date>;
  changed_by: string;
}

interface SeedRow {
  environment: string;
  uid: string;
  name: string;
  secret: Buffer;
  specification: JsonColumn<JsonObject>;
  algorithm: number;
  created_at: Made<Date>;
}

interface PlanRow {
  id: string;
  environment: string;
  plan: JsonColumn<Plan>;
  request: JsonColumn<DeploymentRequest>;
  requester: string;
  created_at: Made<Date>;
}

interface DeploymentRow {
  id: string;
  environment: string;
  number: number;
  status: DeploymentStatus;
  kind: DeploymentRequest['kind'];
  request: JsonColumn<DeploymentRequest>;
  plan_id: string | null;
  approved_digest: string | null;
  plan: ColumnType<Plan | null, string | null, string | null>;
  requester: string;
  reason: string;
  release: number;
  location: string | null;
  next_command: string | null;
  revision: string | null;
  diagnostics: ColumnType<readonly Diagnostic[], string | undefined, string>;
  snapshot: ColumnType<DeploymentSnapshot | null, string | null, string | null>;
  holder: string;
  lease_until: Date;
  fence: string | null;
  attempts: Generated<number>;
  confirmed_digest: string | null;
  cancelled_by: string | null;
  irreversible: ColumnType<readonly string[], string | undefined, string>;
  created_at: Made<Date>;
  started_at: Date | null;
  finished_at: Date | null;
}

interface DeploymentStepRow {
  deployment: string;
  subject_key: string;
  subject: JsonColumn<Subject>;
  status: DeploymentStep['status'];
  detail: string | null;
  diagnostics: JsonColumn<readonly Diagnostic[]>;
  ordinal: Made<string>;
  changed_at: Date;
}

interface EventRow {
  sequence: Made<string>;
  at: Made<Date>;
  type: string;
  project: string | null;
  environment: string | null;
  deployment: string | null;
  data: JsonColumn<JsonObject>;
}

interface AuditRow {
  sequence: Made<string>;
  at: Made<Date>;
  actor: string;
  action: string;
  subject: string;
  detail: JsonColumn<JsonObject>;
}

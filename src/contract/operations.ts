import type { OperationTable } from './operation.ts';
import { deploymentOperations } from './operations/deployments.ts';
import { environmentOperations } from './operations/environments.ts';
import { fileOperations } from './operations/files.ts';
import { platformOperations } from './operations/platform.ts';
import { projectOperations } from './operations/projects.ts';
import { runtimeOperations } from './operations/runtime.ts';
import { settingOperations } from './operations/settings.ts';

/**
 * All that the API can do, by operation id. Routes, client, OpenAPI document and permissions are made of it.
 * Rule: the fields of path and query have different names, so that a client may give them in one object.
 */
export const operations = {
  ...fileOperations,
  ...platformOperations,
  ...projectOperations,
  ...environmentOperations,
  ...settingOperations,
  ...deploymentOperations,
  ...runtimeOperations,
} as const satisfies OperationTable;

export type OperationId = keyof typeof operations;

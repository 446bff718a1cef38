export type { DriverLoaders, EngineDependencies, SecretSinkLoaders, TargetLoaders } from './dependencies.ts';
export type { DesiredWorkload } from './desired.ts';
export { createEngine, type DeployCall, type Engine, type EngineCall, type PlannedDeployment } from './engine.ts';
export { renderFiles, type FilesRequest, type RenderedFiles } from './render-files.ts';
export type { PreparationMemory } from './prepare/preparation-memory.ts';
export { prepare } from './prepare/prepare.ts';
export type { PrepareDependencies, Prepared, PrepareInputs } from './prepare/prepared.ts';
export { openSeedBook } from './seeds.ts';
export { findBack } from './find-back.ts';

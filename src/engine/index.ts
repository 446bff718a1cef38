export type { DriverLoaders, EngineDependencies, SecretSinkLoaders, TargetLoaders } from './dependencies.ts';
export type { DesiredWorkload } from './desired.ts';
export { createEngine, type DeployCall, type Engine, type EngineCall, type PlannedDeployment } from './engine.ts';
export { renderFiles, type FilesRequest, type RenderedFiles } from './render-files.ts';

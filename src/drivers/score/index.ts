export { scorePatcher } from './patches/patcher.ts';
export { createScoreDriver } from './driver.ts';
export type { AllowedPrograms, ProgramPolicy } from './programs/policy.ts';

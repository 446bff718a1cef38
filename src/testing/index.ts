export {
  deploymentFacts,
  makeComposeEntry,
  makeContext,
  makeDriverRequest,
  makeDriverSecrets,
  makeInventory,
  makeRenderedObject,
  makeResource,
  makeSecret,
  makeTargetRequest,
  revealForTest,
  type ComposeParts,
  type ObjectParts,
} from './builders.ts';
export { describeDriver, type DriverHarness } from './describe-driver.ts';
export { describeTarget, type TargetHarness } from './describe-target.ts';
export type { Expectation, TestApi } from './test-api.ts';

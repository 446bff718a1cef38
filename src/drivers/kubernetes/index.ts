export { createKubernetesDriver, type Waiting } from './driver.ts';

export { templateDriver } from './driver.ts';

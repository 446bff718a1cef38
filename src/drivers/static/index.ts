export { staticDriver } from './driver.ts';

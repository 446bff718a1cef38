export { directoryTarget } from './target.ts';

export { gitTarget } from './target.ts';

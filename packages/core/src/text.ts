export type { TextFormat, TextOptions } from './parse-text.ts';
export { parseText } from './parse-text.ts';

export type { TextFormat, TextOptions } from './text/parse-text.ts';
export { parseText } from './text/parse-text.ts';

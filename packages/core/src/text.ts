export type { TextFormat, TextOptions } from './text/parse-text.ts';
export { parseText } from './text/parse-text.ts';
export { printText } from './text/print-text.ts';

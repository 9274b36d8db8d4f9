export { editText } from './text/edit/edit-text.ts';
export type { TextEdit } from './text/edit/json-edits.ts';
export type { TextFormat, TextOptions } from './text/parse-text.ts';
export { parseText } from './text/parse-text.ts';
export { printText } from './text/print-text.ts';

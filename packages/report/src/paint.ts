import { styleText } from 'node:util';

/** Writes text in a style of `util.styleText`. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Whether the stream can show colours is the caller's to know: this neither looks at it nor at the environment. */
export function painter(color: boolean): Paint {
  return (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
}

/** Names in the data come from elsewhere, and an escape sequence in one would move the reader's cursor. */
export function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

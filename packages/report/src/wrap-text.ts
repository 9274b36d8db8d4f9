import { withoutControls } from './paint.ts';

/** Breaks a paragraph between words so that no line is wider than `width`, unless one word alone is. */
export function wrapText(text: string, width: number, firstIndent = '', indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = firstIndent;
  let isEmpty = true;
  for (const word of withoutControls(text).split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line += isEmpty ? word : ` ${word}`;
    }
    isEmpty = false;
  }
  return [...lines, line];
}

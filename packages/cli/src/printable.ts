// Controls, and the marks that make a terminal write backwards or break a line.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A name or a sentence from elsewhere, so that it can neither move the cursor nor look like another one. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same for a message, whose line breaks are its own. */
export function printableLines(message: string): string {
  return message.split('\n').map(printable).join('\n');
}

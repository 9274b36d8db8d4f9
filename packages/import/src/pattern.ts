import { isAccepted } from './accepted.ts';

/**
 * What a JavaScript pattern is to RE2.
 *
 * - `exact`: it finds the same in every text.
 * - `may differ`: not in texts with characters beyond U+FFFF, line ends other than `\n` or spaces beyond ASCII, which the two
 *   take apart or count otherwise; where case is ignored, not in any text beyond ASCII.
 * - `unreadable`: RE2 cannot read it, or may read it as another.
 * - `never`: JavaScript itself refuses it, so it matches nobody.
 */
export type PatternReading = 'exact' | 'may differ' | 'unreadable' | 'never';

/** @param ignoreCase of JavaScript's flag `i`, which RE2 writes as `(?i)` before the pattern */
export function readPattern(pattern: string, ignoreCase = false): PatternReading {
  try {
    new RegExp(pattern, ignoreCase ? 'i' : '');
  } catch {
    return 'never';
  }
  const matches = ignoreCase ? `(?i)${pattern}` : pattern;
  if (!SHARED.test(pattern) || (ignoreCase && FOLDED_TO_ASCII.test(pattern)) || !isAccepted({ text: { matches } })) {
    return 'unreadable';
  }
  return meetsOthers(pattern) || (ignoreCase && FOLDED.test(pattern)) ? 'may differ' : 'exact';
}

const ESCAPE = String.raw`\\(?:[dDwWsStnrfv]|x[0-9A-Fa-f]{2}|[^0-9A-Za-z\s\u0080-\uffff])`;
const CLASS = String.raw`\[(?!\^?\])\^?(?:${ESCAPE}|[^\\\][\ud800-\udfff]|\[(?![:.=]))+\]`;
const COUNT = '(?:0|[1-9]\\d*)';
/** A brace that counts nothing is itself. */
const BRACE = String.raw`\{${COUNT}(?:,${COUNT}?)?\}|\{(?!\d)`;
/** To JavaScript two characters, of which a repetition is about the second. */
const BEYOND = String.raw`[\ud800-\udbff][\udc00-\udfff](?![*+?{])`;

/**
 * Made only of what both read alike. Others may mean another thing in each, such as `\a` and `a{01}`, or nothing to an older
 * RE2, such as `(?<name>)`.
 */
const SHARED = new RegExp(
  String.raw`^(?:${ESCAPE}|\\[bB]|${CLASS}|\(\?:|\((?!\?)|${BRACE}|${BEYOND}|[^\\([{\ud800-\udfff])*$`,
);

// To RE2 the long s is an s, and the kelvin sign a k; to JavaScript no letter beyond ASCII is one of ASCII.
const FOLDED = /[ks[]|\\[wx]/i;
const FOLDED_TO_ASCII = /[\u017f\u212a]|\[[^\]]*[\u0100-\uffff]/;

/** Whether it is about more than single characters of ASCII: `\B`, too, finds a place within a character beyond U+FFFF. */
function meetsOthers(pattern: string): boolean {
  const unescaped = pattern.replace(/\\[^DWSsB]/g, 'x');
  return /[^\t -~]|\\|\[\^/.test(unescaped) || unescaped.replace(/\[[^\]]*\]/g, '').includes('.');
}

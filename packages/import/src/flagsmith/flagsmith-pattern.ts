/**
 * Whether JavaScript and RE2 read a pattern as the same one. Left out is what either reads in a way of its own: escapes
 * such as `\A`, `\Q` or `\u00e9`, groups other than plain and named ones, POSIX classes, characters beyond U+FFFF, of which
 * JavaScript sees halves.
 */
export function isReadAlike(pattern: string): boolean {
  return !/[\ud800-\udfff]/.test(pattern) && TOKENS.test(pattern);
}

const TOKENS =
  /^(?:\\[dDwWsSbBtnrfv]|\\x[0-9A-Fa-f]{2}|\\[^0-9A-Za-z\u0080-\uffff\s]|\(\?:|\(\?<[A-Za-z]\w*>|\((?!\?)|\[(?!\^?\]|\[?[:.=])|[^\\([])*$/;

/** Whether JavaScript takes the pattern at all: one that it does not take matches nobody. */
export function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

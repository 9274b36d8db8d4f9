import { parseDocument } from '@sluice/core';

/**
 * What a JavaScript pattern is to RE2. `characters`: the same but for texts with characters that JavaScript takes apart or
 * calls line ends or spaces where RE2 does not. `never`: JavaScript itself refuses it, so LaunchDarkly never matches it.
 */
export type Dialect = 'same' | 'characters' | 'never' | 'unreadable';

export function dialectOf(pattern: string): Dialect {
  try {
    new RegExp(pattern);
  } catch {
    return 'never';
  }
  if (!KNOWN.test(pattern) || !readByRe2(pattern)) return 'unreadable';
  return meetsAny(pattern) ? 'characters' : 'same';
}

const IN_CLASS = String.raw`(?:\\[dDwWsStnrfv^$\\.*+?()[\]{}|/-]|[^\\\][]|\[(?![:.=]))`;
const TOKEN = String.raw`\\[dDwWsSbBtnrfv^$\\.*+?()[\]{}|/-]|\[\^?(?!\])${IN_CLASS}+\]|\((?:\?:|(?!\?))|\)|[*+?]|\{\d+(?:,\d*)?\}|[^\\[\](){}*+?]`;

/** Made only of what both dialects have and read alike: others, such as `\a` and `(?<name>)`, may mean another thing in each. */
const KNOWN = new RegExp(`^(?:${TOKEN})*$`);

/** Whatever can meet a character that is no ASCII, and `\B`, which finds a place within one. */
function meetsAny(pattern: string): boolean {
  const unescaped = pattern.replace(/\\[^DWSsB]/g, 'x');
  return /[^\t -~]|\\|\[\^/.test(unescaped) || unescaped.replace(/\[[^\]]*\]/g, '').includes('.');
}

/** The document's own reader is asked, because the limits of RE2 (such as 1000 repetitions) are its to know. */
function readByRe2(pattern: string): boolean {
  const probe = { sluice: 1, segments: { probe: { when: { probe: { matches: pattern } } } } };
  return parseDocument(probe).document !== undefined;
}

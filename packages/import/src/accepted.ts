import { type Condition, parseDocument } from '@sluice/core';

// The parser knows best what is a name, a pattern or an address.

/** Whether a document may hold this condition. */
export function isAccepted(when: Condition): boolean {
  return parseDocument({ sluice: 1, segments: { asked: { when } } }).document !== undefined;
}

/** Whether a flag, a variant or a segment may have this name. */
export function isName(text: string): boolean {
  return parseDocument({ sluice: 1, flags: { [text]: {} } }).document !== undefined;
}

/** Whether a condition can ask for an attribute of this name, which its own words are not. */
export function isAttributeName(text: string): boolean {
  return isAccepted({ [text]: { exists: true } });
}

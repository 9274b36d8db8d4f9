import { type Condition, compileDocument, evaluate, parseDocument } from '@sluice/core';

/** Whether a document may hold the condition. */
export function isAccepted(when: Condition): boolean {
  return parseDocument({ sluice: 1, segments: { it: { when } } }).document !== undefined;
}

export function isFlagKey(key: string): boolean {
  return parseDocument({ sluice: 1, flags: { [key]: {} } }).document !== undefined;
}

/** Decides a condition about an attribute that is the same for everybody. */
export function isMetBy(when: Condition, context: Readonly<Record<string, unknown>>): boolean {
  const flags = compileDocument({ sluice: 1, flags: { it: { rules: [{ when, serve: 'on' }] } } });
  return evaluate(flags, 'it', context).value === true;
}

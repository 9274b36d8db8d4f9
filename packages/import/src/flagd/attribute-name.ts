import { isAttributeName } from '../accepted.ts';
import { isInherited } from '../reserved-names.ts';
import { splitPath } from './json-logic.ts';

/** How an attribute is named here; `undefined` where no name of ours means what flagd's does. */
export function attributeName(key: string): string | undefined {
  const steps = splitPath(key);
  const name = steps.join('.');
  const plain = steps.length === 1 || steps.every((step) => !step.includes('.'));
  // flagd finds what every object inherits, and goes on from there.
  return plain && isAttributeName(name) && !steps.slice(0, -1).some(isInherited) ? name : undefined;
}

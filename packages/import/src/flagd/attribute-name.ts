import { splitPath } from './json-logic.ts';

/** How an attribute is named here; `undefined` where no name of ours means what flagd's does. */
export function attributeName(key: string): string | undefined {
  const steps = splitPath(key);
  const name = steps.join('.');
  const plain = steps.length === 1 || steps.every((step) => !step.includes('.'));
  return plain && isUsable(name) && !steps.slice(0, -1).some(isInherited) ? name : undefined;
}

/** Words of a condition, which are no attributes there. */
export const words: readonly string[] = ['all', 'any', 'none', 'inSegment', 'now', 'bucket'];

function isUsable(name: string): boolean {
  return isName(name) && !words.includes(name);
}

/** What a document takes for a name. */
export function isName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  return name !== '' && name.length <= 256 && !/[\u0000-\u001f\u007f]|(^|\.)__proto__(\.|$)/.test(name);
}

/** flagd finds what every object inherits, and goes on from there. */
function isInherited(step: string): boolean {
  return step in {};
}

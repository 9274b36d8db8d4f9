import { isConditionWord, isInherited } from '../reserved-names.ts';

/**
 * Steps to an attribute from the top of a context; `undefined` of a reference that LaunchDarkly refuses. Where no context
 * kind is named, what stands there is a name, slashes and all.
 */
export function parseReference(reference: string, isName: boolean): readonly string[] | undefined {
  if (reference === '') return undefined;
  if (isName) return [reference];
  if (reference === '/' || REFUSED.test(reference)) return undefined;
  const steps = reference.startsWith('/') ? reference.slice(1).split('/').map(unescapeStep) : [reference];
  return steps[0] === '_meta' ? undefined : steps;
}

// LaunchDarkly's own, in which the class means "neither 0, 1, | nor ^".
const REFUSED = /\/\/|(^\/.*~[^0|^1])|~$/;

/** LaunchDarkly leaves a step alone that begins with a tilde. */
function unescapeStep(step: string): string {
  return step.startsWith('~') ? step : step.replace(/~1/g, '/').replace(/~0/g, '~');
}

/** Where a document finds what steps lead to, as LaunchDarkly's OpenFeature provider translates contexts. */
export type Location =
  /** `text`: it is a string or it is missing. */
  | { readonly is: 'attribute'; readonly path: string; readonly text: boolean }
  | { readonly is: 'anonymous' }
  | { readonly is: 'kind' }
  /** The provider never hands it on. */
  | { readonly is: 'missing' }
  /** A document has no name for it. */
  | { readonly is: 'unnameable'; readonly why: string };

/** @param nested whether it is asked of one kind of a multi-kind context, below that kind's name */
export function locate(steps: readonly string[], nested: boolean): Location {
  const [first = ''] = steps;
  const alone = steps.length === 1;
  const builtIn = ['key', 'kind', 'anonymous', 'name'].includes(first);
  if (first === 'targetingKey' || first === 'privateAttributes' || isInherited(first)) return { is: 'missing' };
  if (builtIn && !alone) return { is: 'missing' };
  if (first === 'key') return { is: 'attribute', path: 'targetingKey', text: true };
  if (first === 'anonymous' || first === 'kind') return { is: first };
  if (first === '_meta') return { is: 'unnameable', why: 'is what LaunchDarkly keeps for itself' };
  if (steps.some((step) => step.includes('.')) && !(alone && !nested)) {
    return { is: 'unnameable', why: 'has a dot in a name, which a document reads as a path' };
  }
  if (alone && !nested && isConditionWord(first)) {
    return { is: 'unnameable', why: `is a word of a document's conditions; give the attribute another name` };
  }
  return { is: 'attribute', path: steps.join('.'), text: first === 'name' };
}

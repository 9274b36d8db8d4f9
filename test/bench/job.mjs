/**
 * What everybody has to do. An object flag: `country in [DE, FR, ES]` and `plan == enterprise`, which never match, then 10%
 * of the units over two variants, the rest control. A boolean flag: 10% get true.
 */
export const OBJECT_FLAG = 'support-model';
export const BOOLEAN_FLAG = 'new-search';

export const COUNTRIES = ['DE', 'FR', 'ES'];
export const PLAN = 'enterprise';
export const PERCENTAGE = 10;

export const MODELS = {
  control: { model: 'gpt-4o', temperature: 0.2, maxTokens: 1024 },
  fast: { model: 'gpt-4o-mini', temperature: 0.2, maxTokens: 1024 },
  strong: { model: 'claude-sonnet-4', temperature: 0.2, maxTokens: 1024 },
};

export const IDS = 100_000;

let contextBuilt;

/**
 * The OpenFeature context of one call, made anew for each. It is kept in a variable, or the compiler could drop it from the
 * loops of those whose evaluation it inlines, and only from theirs.
 */
export function contextOf(id) {
  contextBuilt = { targetingKey: id, country: 'US', plan: 'free' };
  return contextBuilt;
}

/** `count` ids of 15 ASCII characters from number `first` on. */
export function makeIds(first, count) {
  const ids = new Array(count);
  for (let index = 0; index < count; index++) {
    // Through a buffer, or each id would be a rope that its first reader pays for.
    ids[index] = Buffer.from(`user-${String(first + index).padStart(10, '0')}`).latin1Slice();
  }
  return ids;
}

/** Keys of the flags that fill a document for the loading tests. */
export function fillerKeys(count) {
  return Array.from({ length: count }, (_, index) => `flag-${String(index).padStart(5, '0')}`);
}

/** Payloads that no two flags share, as in a real document. */
export function fillerPayloads(key) {
  return {
    control: { model: `${key}-gpt-4o`, temperature: 0.2, maxTokens: 1024 },
    candidate: { model: `${key}-claude-sonnet-4`, temperature: 0.2, maxTokens: 1024 },
  };
}

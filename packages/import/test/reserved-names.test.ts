import { describe, expect, it } from 'vitest';
import { isAttributeName } from '../src/accepted.ts';
import { isConditionWord, isInherited } from '../src/reserved-names.ts';

describe('a name', () => {
  it.each(['all', 'any', 'none', 'inSegment', 'now', 'bucket'])(
    '%s is a word of a condition, and no attribute',
    (name) => {
      expect(isConditionWord(name)).toBe(true);
      expect(isAttributeName(name)).toBe(false);
    },
  );

  it.each(['constructor', 'toString', '__proto__'])(
    '%s is what every object has, and no word of a condition',
    (name) => {
      expect(isInherited(name)).toBe(true);
      expect(isConditionWord(name)).toBe(false);
    },
  );

  it.each(['plan', 'a.b', 'targetingKey'])('%s is an attribute', (name) => {
    expect([isConditionWord(name), isInherited(name), isAttributeName(name)]).toEqual([false, false, true]);
  });
});

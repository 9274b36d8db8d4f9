import { describe, expect, it } from 'vitest';
import { instead } from '../src/operations/near-names.ts';

describe('what is said instead of a name that is not there', () => {
  it('is the names that a slip could have made into it, the nearest first', () => {
    expect(instead('suport-model', ['support-modal', 'support-model', 'search'], 'flags')).toBe(
      '; did you mean support-model or support-modal?',
    );
    expect(instead('AI-Agent', ['ai-agent', 'ai-agents'], 'switches')).toBe('; did you mean ai-agent or ai-agents?');
  });

  it('is what there is where nothing is near', () => {
    expect(instead('billing', ['search', 'support-model'], 'flags')).toBe('; the flags are search, support-model.');
    expect(instead('billing', [], 'flags')).toBe('; there are no flags.');
  });

  it('is cut where there are too many', () => {
    const names = Array.from({ length: 21 }, (_, index) => `some-flag-${index}`);
    expect(instead('q', names, 'flags')).toMatch(/some-flag-19, …\.$/);
  });
});

import { describe, expect, it } from 'vitest';
import { converse } from '../src/conversations.ts';

describe('conversations under a ramp from 1% to 100%', () => {
  it('change model midway where the flag is not sticky', async () => {
    const { changed, newModel } = await converse(false);
    expect(changed).toBeGreaterThan(1000);
    expect(newModel).toBe(1);
  });

  it('keep the model that they began with where it is, and new ones follow the ramp', async () => {
    expect(await converse(true)).toEqual({ changed: 0, newModel: 1 });
  });
});

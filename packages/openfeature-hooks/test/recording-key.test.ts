import { setImmediate } from 'node:timers/promises';
import type { Sink } from '@sluice/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { givenKey, keyOf } from '../src/recording-key.ts';

const nowhere: Sink = { name: 'nowhere', write: async () => {}, close: async () => {} };

describe('the key of a recorder', () => {
  it('is what was given, a string by its UTF-8 bytes', () => {
    expect(givenKey(new Uint8Array(16))).toEqual(new Uint8Array(16));
    expect(givenKey('éééééééé')).toHaveLength(16);
  });

  it('is refused, with the way to make one, where it has fewer than 16 bytes', () => {
    expect(() => givenKey('secret')).toThrow(/has 6 bytes and needs at least 16.*openssl rand/);
  });

  it("is the sink's own where it keeps one", () => {
    const key = new Uint8Array(32).fill(7);
    expect(keyOf({ ...nowhere, key: () => key })).toBe(key);
  });

  it('is random where the sink has none, a short one or fails, and the process is warned once', async () => {
    const warnings: (Error & { code?: string })[] = [];
    const note = (warning: Error): unknown => warnings.push(warning);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));

    const keys = [
      keyOf(nowhere),
      keyOf({ ...nowhere, key: () => new Uint8Array(3) }),
      keyOf({
        ...nowhere,
        key: () => {
          throw new Error('no such disk');
        },
      }),
    ];
    // Warnings are given in the next tick.
    await setImmediate();
    expect(keys.map((key) => key.length)).toEqual([32, 32, 32]);
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(3);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.code).toBe('SLUICE_EPHEMERAL_KEY');
    expect(warnings[0]?.message).toMatch(/Give createRecorder a key.*the sink nowhere keeps none/);
  });
});

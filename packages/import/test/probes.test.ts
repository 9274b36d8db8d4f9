import { type Context, compileDocument, type Document, evaluate } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { probes } from '../src/probe/probes.ts';

const conditions: Document['segments'] = {
  equals: { when: { plan: 'pro' } },
  oneOf: { when: { country: ['DE', 'FR'] } },
  text: { when: { email: { endsWith: '@acme.example' } } },
  converted: { when: { seats: { asNumber: { gte: 10 } } } },
  version: { when: { app: { semver: '>=2.1.0' } } },
  pattern: { when: { build: { matches: '^rc-' } } },
  address: { when: { ip: { inRange: '10.0.0.0/8' } } },
  date: { when: { joined: { before: '2026-01-01T00:00:00Z' } } },
  nested: { when: { 'account.tier': { in: [1, 2] } } },
  missing: { when: { none: [{ beta: true }] } },
  unit: { when: { targetingKey: ['ada'] } },
};

const document: Document = {
  sluice: 1,
  segments: conditions,
  flags: {
    ...Object.fromEntries(
      Object.keys(conditions).map((name) => [name, { rules: [{ when: { inSegment: name }, serve: 'on' }] }]),
    ),
    split: {
      bucketing: 'md5-percent-1',
      unit: 'account.id',
      rollout: { percentage: 50, serve: 'on' },
    },
  },
};

const all = (seed: number, count: number): readonly Context[] => [...probes(document, { seed, count })];

describe('probes', () => {
  it('meet every condition of a document, and miss it, many times over', () => {
    const flags = compileDocument(structuredClone(document));
    const contexts = all(1, 1000);
    for (const key of flags.flags.keys()) {
      const met = contexts.filter((context) => evaluate(flags, key, context).value === true).length;
      expect([key, met > 20, met < 980]).toEqual([key, true, true]);
    }
  });

  it('are the same for the same seed, and others for another', () => {
    expect(all(7, 50)).toEqual(all(7, 50));
    expect(all(7, 50)).not.toEqual(all(8, 50));
  });

  it('hold units that are next to a boundary, and targets', () => {
    const percentage = (each: number): Document => ({
      sluice: 1,
      flags: {
        f: { bucketing: 'growthbook-2', targets: { on: ['ada'] }, rollout: { percentage: each, serve: 'on' } },
      },
    });
    const percentages = [10, 25, 37, 50, 62, 75, 80, 95];
    const found = percentages.filter((each) => {
      const [flags, moved] = [each, each + 0.01].map((one) => compileDocument(percentage(one)));
      const contexts = [...probes(percentage(each), { seed: 1, count: 500 })];
      expect(contexts.some(({ targetingKey }) => targetingKey === 'ada')).toBe(true);
      const variantOf = (of = flags, context: Context = {}) => of && evaluate(of, 'f', context).variant;
      return contexts.some((context) => variantOf(flags, context) !== variantOf(moved, context));
    });
    // A hundredth of a percent is one place in ten thousand: five hundred units at random meet it one time in twenty.
    expect(found.length).toBeGreaterThan(5);
  });

  it('never lack a unit, and hold ones that are not ASCII', () => {
    const contexts = all(3, 500);
    for (const { targetingKey, account } of contexts) {
      expect(typeof targetingKey === 'string' && targetingKey !== '').toBe(true);
      expect((account as { id: unknown }).id).toEqual(expect.any(String));
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all that is ASCII
    expect(contexts.some(({ targetingKey }) => /[^\x00-\x7f]/.test(String(targetingKey)))).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { unitAttributes, withUnit } from '../src/probe/made-up-unit.ts';

describe('a made-up unit', () => {
  it('is in every attribute that the flag goes by', () => {
    const split = [{ variant: 'on', weight: 1 }];
    const attributes = unitAttributes(
      {
        sluice: 1,
        layers: { room: { slots: 2, unit: 'sessionId' } },
        holdouts: { h: { percentage: 5 } },
        flags: {
          f: {
            bucketing: 'unleash-1',
            unit: 'conversationId',
            prerequisites: { plain: ['off'] },
            holdout: 'h',
            layer: { name: 'room', slots: [0, 1] },
            rules: [{ when: { a: 1 }, rollout: { percentage: 5, split, unit: ['a', 'b'], splitUnit: 'c' } }],
            rollout: { percentage: 5, serve: 'on', unit: 'account.id' },
          },
          plain: { unit: 'deviceId' },
        },
      },
      'f',
    );
    expect([...attributes].sort()).toEqual([
      'a',
      'account.id',
      'b',
      'c',
      'conversationId',
      'deviceId',
      'sessionId',
      'targetingKey',
    ]);
    expect(unitAttributes({ sluice: 1, flags: { plain: {} } }, 'plain')).toEqual(['targetingKey']);
  });

  it('is written into the context, nested where the name is dotted, and the context is left as it was', () => {
    const context = { plan: 'pro', account: { name: 'acme' } };
    expect(withUnit(context, ['targetingKey', 'account.id'], 'u')).toEqual({
      plan: 'pro',
      targetingKey: 'u',
      account: { name: 'acme', id: 'u' },
    });
    expect(context).toEqual({ plan: 'pro', account: { name: 'acme' } });
  });
});

import { describe, expect, it } from 'vitest';
import type { SwitchState } from '../src/contracts/switches.ts';
import type { Document } from '../src/document/document.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { compiled } from './compiled.ts';

const state = (on: boolean): SwitchState => ({ on, since: 0, by: 'ada', why: 'test' });

describe('prerequisites', () => {
  const document = (parent: object): Omit<Document, 'sluice'> => ({
    switches: { s: {} },
    flags: {
      parent: { rules: [{ when: { plan: 'pro' }, serve: 'on' }], ...parent },
      child: { prerequisites: { parent: ['on'] }, rollout: { percentage: 100, serve: 'on' } },
      other: { rules: [{ when: { a: 1 }, prerequisites: { parent: ['off'] }, serve: 'on' }] },
    },
  });
  const answers = (parent: object, context: object, situation?: Parameters<typeof evaluate>[3]) =>
    ['child', 'other'].map((key) => evaluate(compiled(document(parent)), key, { a: 1, ...context }, situation).variant);

  it('are met where the other flag serves one of the variants to the same context; else control, or the next rule', () => {
    expect(answers({}, { plan: 'pro' })).toEqual(['on', 'off']);
    expect(answers({}, {})).toEqual(['off', 'on']);
  });

  it('are not met by a flag that is disabled, killed or stopped, whatever it serves', () => {
    const disabled = { enabled: false, whenDisabled: 'on' };
    expect(answers(disabled, { plan: 'pro' })).toEqual(['off', 'off']);
    expect(answers({ ...disabled, whenDisabled: 'off' }, {})).toEqual(['off', 'off']);
    const killed = { switches: { switches: new Map(), flags: new Map([['parent', state(false)]]) } };
    expect(answers({}, {}, killed)).toEqual(['off', 'off']);
    const stopped = { switches: { switches: new Map([['s', state(false)]]), flags: new Map() } };
    expect(answers({ requires: ['s'] }, {}, stopped)).toEqual(['off', 'off']);
  });

  it('are the reason DEFAULT where they are not met', () => {
    expect(evaluate(compiled(document({})), 'child', {})).toMatchObject({ value: false, reason: 'DEFAULT' });
  });
});

describe('targets', () => {
  const flags = compiled({
    holdouts: { all: { percentage: 100 } },
    flags: {
      f: {
        targets: { on: ['ada', 42] },
        holdout: 'all',
        rules: [{ when: { plan: 'pro' }, serve: 'off' }],
      },
      byConversation: { unit: 'conversationId', targets: { on: ['ada'] } },
    },
  });

  it('come before holdouts and rules, and are found as text and as number', () => {
    for (const targetingKey of ['ada', '42', 42]) {
      const answer = evaluate(flags, 'f', { targetingKey, plan: 'pro' });
      expect(answer).toMatchObject({ variant: 'on', reason: 'TARGETING_MATCH' });
      expect(answer.flagMetadata['experiment.arm']).toBe('none');
    }
    expect(evaluate(flags, 'f', { targetingKey: 'bob', plan: 'pro' }).variant).toBe('off');
  });

  it('are units, so they are looked for in the attribute that is bucketed', () => {
    expect(evaluate(flags, 'byConversation', { targetingKey: 'ada' }).variant).toBe('off');
    expect(evaluate(flags, 'byConversation', { conversationId: 'ada' }).variant).toBe('on');
  });
});

describe('a holdout or a layer', () => {
  const flags = compiled({
    layers: { room: { slots: 2, unit: 'sessionId' } },
    holdouts: { h: { percentage: 50 } },
    flags: { held: { holdout: 'h' }, layered: { layer: { name: 'room', slots: [0, 1] } } },
  });

  it('needs the unit that it goes by', () => {
    expect(evaluate(flags, 'held', {})).toMatchObject({
      errorCode: 'TARGETING_KEY_MISSING',
      errorMessage: 'held buckets by targetingKey, which is missing in the evaluation context',
    });
    expect(evaluate(flags, 'layered', { sessionId: 1.5 })).toMatchObject({
      errorCode: 'INVALID_CONTEXT',
      errorMessage:
        'layered buckets by sessionId, which is neither a string nor a safe integer in the evaluation context',
    });
  });
});

describe('a flag that is not enabled', () => {
  it('serves the variant that it says, and else the caller’s default', () => {
    const flags = compiled({
      flags: { plain: { enabled: false }, named: { enabled: false, whenDisabled: 'on' }, open: { whenDisabled: 'on' } },
    });
    expect(evaluate(flags, 'plain', {})).toMatchObject({ value: undefined, reason: 'DISABLED' });
    expect(evaluate(flags, 'named', {})).toMatchObject({ value: true, variant: 'on', reason: 'DISABLED' });
    expect(evaluate(flags, 'open', {})).toMatchObject({ variant: 'off', reason: 'STATIC' });
  });
});

describe('a control that is null', () => {
  const variants = { a: 'A', b: 'B' };

  it('is the caller’s default, with no variant and no arm', () => {
    const flags = compiled({
      flags: {
        f: { variants, control: null },
        rolled: { variants, control: null, rollout: { percentage: 50, split: { a: 1, b: 1 } } },
      },
    });
    expect(evaluate(flags, 'f', {})).toMatchObject({ value: undefined, reason: 'STATIC' });
    expect(evaluate(flags, 'f', {})).not.toHaveProperty('variant');
    const answers = Array.from({ length: 100 }, (_, index) => evaluate(flags, 'rolled', { targetingKey: `u${index}` }));
    expect(new Set(answers.map(({ variant }) => variant))).toEqual(new Set(['a', 'b', undefined]));
    expect(new Set(answers.map(({ flagMetadata }) => flagMetadata['experiment.arm']))).toEqual(new Set(['none']));
    expect(flags.flags.get('f')?.type).toBe('string');
  });
});

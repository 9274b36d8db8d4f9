import type { Assignment } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { Exposures } from '../src/exposures.ts';

const assignment = (changes: Partial<Assignment> = {}): Assignment => ({
  flag: 'support-model',
  variant: 'claude',
  arm: 'candidate',
  stage: '1',
  unit: 'u1',
  ...changes,
});

const conversation = (unit: string, variant = 'claude'): Assignment =>
  assignment({ unit, variant, unitAttribute: 'conversationId' });

function latest(exposures: Exposures, context: Record<string, unknown>): Assignment[] {
  return [...exposures.latest(context)];
}

describe('exposures', () => {
  it('are new once per flag, unit and stage', () => {
    const exposures = new Exposures();
    expect(exposures.note(assignment(), 'u1')).toBe(true);
    expect(exposures.note(assignment(), 'u1')).toBe(false);
    expect(exposures.note(assignment({ variant: 'gpt-4o', arm: 'control' }), 'u1')).toBe(false);
    expect(exposures.note(assignment({ stage: '2' }), 'u1')).toBe(true);
    expect(exposures.note(assignment({ stage: '1' }), 'u1')).toBe(false);
    expect(exposures.note(assignment({ unit: 'u2' }), 'u2')).toBe(true);
    expect(exposures.note(assignment({ flag: 'prompt' }), 'u1')).toBe(true);
  });

  it('are new again once they were forgotten', () => {
    const exposures = new Exposures();
    exposures.note(assignment(), 'u1');
    exposures.forget(assignment());
    expect(exposures.note(assignment(), 'u1')).toBe(true);
  });

  it('stay new once where conversations of one user alternate', () => {
    const exposures = new Exposures();
    expect(['c1', 'c2', 'c1', 'c2'].map((unit) => exposures.note(conversation(unit), 'u1'))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('hold the last 100,000 and no more', () => {
    const exposures = new Exposures();
    for (let index = 0; index <= 100_000; index += 1) exposures.note(assignment({ unit: `u${index}` }), undefined);
    expect(exposures.note(assignment({ unit: 'u0' }), undefined)).toBe(true);
    expect(exposures.note(assignment({ unit: 'u100000' }), undefined)).toBe(false);
  });
});

describe('the latest assignments of a context', () => {
  it('are those of its targeting key, one per flag, the last that was met', () => {
    const exposures = new Exposures();
    const now = assignment({ stage: '2', variant: 'gpt-4o' });
    exposures.note(assignment(), 'u1');
    exposures.note(now, 'u1');
    exposures.note(assignment({ flag: 'prompt' }), 'u1');
    exposures.note(assignment({ unit: 'u2' }), 'u2');
    expect(latest(exposures, { targetingKey: 'u1' })).toEqual([now, assignment({ flag: 'prompt' })]);
    expect(latest(exposures, { targetingKey: 'u3' })).toEqual([]);
    expect(latest(exposures, {})).toEqual([]);
  });

  it('include flags bucketed by another attribute, by that attribute or by the targeting key', () => {
    const exposures = new Exposures();
    exposures.note(conversation('c1', 'claude'), 'u1');
    exposures.note(conversation('c2', 'gpt-4o'), 'u1');
    expect(latest(exposures, { targetingKey: 'u1' })).toEqual([conversation('c2', 'gpt-4o')]);
    expect(latest(exposures, { targetingKey: 'u1', conversationId: 'c1' })).toEqual([conversation('c1', 'claude')]);
    expect(latest(exposures, { conversationId: 'c1' })).toEqual([conversation('c1', 'claude')]);
  });

  it('are of the variant that the unit met last, within a stage too', () => {
    const exposures = new Exposures();
    exposures.note(assignment(), 'u1');
    exposures.note(assignment({ variant: 'gpt-4o' }), 'u1');
    expect(latest(exposures, { targetingKey: 'u1' })).toEqual([assignment({ variant: 'gpt-4o' })]);
  });

  it('are of the conversation that came last, though both met one variant', () => {
    const exposures = new Exposures();
    exposures.note(conversation('c1'), 'u1');
    exposures.note(conversation('c2'), 'u1');
    expect(latest(exposures, { targetingKey: 'u1' })).toEqual([conversation('c2')]);
  });

  it('are never of another conversation than the one that is named', () => {
    const exposures = new Exposures();
    exposures.note(conversation('c1'), 'u1');
    expect(latest(exposures, { targetingKey: 'u1', conversationId: 'c9' })).toEqual([]);
  });

  it('do not take user 42 for conversation 42', () => {
    const exposures = new Exposures();
    exposures.note(conversation('42'), undefined);
    expect(latest(exposures, { targetingKey: '42' })).toEqual([]);
    exposures.note(assignment({ unit: '42' }), '42');
    expect(latest(exposures, { conversationId: '42' })).toEqual([conversation('42')]);
  });

  it('keep the last 100 flags of a unit', () => {
    const exposures = new Exposures();
    for (let index = 0; index < 150; index += 1) exposures.note(assignment({ flag: `f${index}` }), 'u1');
    const flags = latest(exposures, { targetingKey: 'u1' }).map(({ flag }) => flag);
    expect(flags).toHaveLength(100);
    expect(flags[0]).toBe('f50');
  });
});

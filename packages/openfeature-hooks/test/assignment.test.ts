import type { EvaluationDetails, FlagMetadata, FlagValue } from '@openfeature/server-sdk';
import type { Assignment } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { assignmentOf, isExposure, type MeasuredFlag } from '../src/assignment.ts';

const hookContext = { flagKey: 'model', context: { targetingKey: 'u1', conversationId: 'c1', seat: 7 } };
const sluice = {
  'sluice.unit': 'targetingKey',
  'experiment.arm': 'candidate',
  'experiment.stage': '3',
  'experiment.share': 0.25,
} as const;

function details(flagMetadata: FlagMetadata, value: FlagValue = 'x', variant?: string): EvaluationDetails<FlagValue> {
  return { flagKey: 'model', value, flagMetadata, ...(variant === undefined ? {} : { variant }) };
}

describe('the assignment of a flag whose provider says how it is measured', () => {
  it('is what the metadata says', () => {
    expect(assignmentOf(hookContext, details(sluice, 'x', 'claude'), undefined)).toEqual({
      ...{ flag: 'model', variant: 'claude', arm: 'candidate', stage: '3', unit: 'u1', share: 0.25 },
    });
  });

  it('names the unit attribute where it is not the targeting key', () => {
    expect(
      assignmentOf(hookContext, details({ ...sluice, 'sluice.unit': 'conversationId' }, 'x', 'claude'), undefined),
    ).toMatchObject({ unit: 'c1', unitAttribute: 'conversationId' });
    expect(
      assignmentOf(hookContext, details({ ...sluice, 'sluice.unit': 'seat' }, 'x', 'claude'), undefined),
    ).toMatchObject({
      unit: '7',
    });
  });

  it('is not changed by what the options say', () => {
    const measured: MeasuredFlag = { control: 'claude', unit: 'conversationId', stage: 'mine' };
    expect(assignmentOf(hookContext, details(sluice, 'x', 'claude'), measured)).toMatchObject({
      ...{ arm: 'candidate', stage: '3', unit: 'u1' },
    });
  });

  it('has arm none and no stage where no rollout decided', () => {
    expect(assignmentOf(hookContext, details({ 'experiment.arm': 'none' }, 'x', 'gpt-4o'), undefined)).toEqual({
      ...{ flag: 'model', variant: 'gpt-4o', arm: 'none', stage: '', unit: 'u1' },
    });
  });

  it.each([
    ['an arm that is none of ours', { 'experiment.arm': 'treatment' }, { arm: 'none' }],
    ['a share that is no share', { 'experiment.share': 25 }, { share: undefined }],
    ['a share that is no number', { 'experiment.share': Number.NaN }, { share: undefined }],
    ['a unit that is no name', { 'sluice.unit': 5 }, { unit: 'u1' }],
    ['a stage that is no text', { 'experiment.stage': 5 }, { stage: '' }],
  ])('ignores %s', (_, metadata, expected) => {
    const assignment = assignmentOf(
      hookContext,
      details({ ...sluice, ...metadata }, 'x', 'claude'),
      undefined,
    ) as Assignment;
    expect({ share: undefined, ...assignment }).toMatchObject(expected);
  });

  it('is none without a variant, or without a unit', () => {
    expect(assignmentOf(hookContext, details(sluice), undefined)).toMatch(/names no variant.*options of QualityHook/);
    expect(assignmentOf({ flagKey: 'model', context: {} }, details(sluice, 'x', 'claude'), undefined)).toBe(
      'the evaluation context has no targetingKey, so there is no unit to measure',
    );
  });
});

describe("the assignment of somebody else's flag that is named in the options", () => {
  it('compares its control with every other variant', () => {
    const arm = (variant: string) => assignmentOf(hookContext, details({}, 'x', variant), { control: 'gpt-4o' });
    expect(arm('gpt-4o')).toEqual({ flag: 'model', variant: 'gpt-4o', arm: 'control', stage: '', unit: 'u1' });
    expect(arm('claude')).toMatchObject({ arm: 'candidate' });
  });

  it("takes the stage from the options, else from the flag's version", () => {
    const stage = (metadata: FlagMetadata, named?: string) =>
      assignmentOf(hookContext, details(metadata, 'x', 'a'), {
        control: 'a',
        ...(named === undefined ? {} : { stage: named }),
      });
    expect(stage({ version: 12 })).toMatchObject({ stage: '12' });
    expect(stage({ version: '2026-11' })).toMatchObject({ stage: '2026-11' });
    expect(stage({ version: 12 }, 'ramp-2')).toMatchObject({ stage: 'ramp-2' });
  });

  it('takes the unit from the attribute that the options name', () => {
    expect(assignmentOf(hookContext, details({}, 'x', 'a'), { control: 'a', unit: 'conversationId' })).toMatchObject({
      ...{ unit: 'c1', unitAttribute: 'conversationId' },
    });
  });

  it('takes a scalar value for the variant where the vendor names none', () => {
    const variant = (value: FlagValue) => assignmentOf(hookContext, details({}, value), { control: 'false' });
    expect(variant(false)).toMatchObject({ variant: 'false', arm: 'control' });
    expect(variant(true)).toMatchObject({ variant: 'true', arm: 'candidate' });
    expect(variant(0.2)).toMatchObject({ variant: '0.2' });
    expect(variant({ model: 'gpt-4o' })).toMatch(/names no variant/);
  });
});

describe('an exposure', () => {
  const named: MeasuredFlag = { control: 'gpt-4o' };

  it('is an answer that has a stage, or whose flag is named in the options', () => {
    expect(isExposure(details({ 'experiment.stage': '3' }), undefined)).toBe(true);
    expect(isExposure(details({ 'experiment.stage': '' }), undefined)).toBe(true);
    expect(isExposure(details({}), named)).toBe(true);
  });

  it('is no answer that went through no rollout, as the provider itself says', () => {
    expect(isExposure(details({}), undefined)).toBe(false);
    expect(isExposure(details({ 'experiment.arm': 'none' }), named)).toBe(false);
  });
});

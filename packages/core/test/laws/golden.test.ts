import { describe, expect, it } from 'vitest';
import type { Part, Seeds } from '../../src/bucketing/bucket.ts';
import { enterBelow, seedsOf, splitParts } from '../../src/bucketing/bucket.ts';
import { xxh32 } from '../../src/bucketing/hash.ts';
import type { SwitchState } from '../../src/contracts/switches.ts';
import type { Condition } from '../../src/document/condition.ts';
import type { Document, Segment } from '../../src/document/document.ts';
import type { Flag } from '../../src/document/flag.ts';
import { parseDocument } from '../../src/document/parse.ts';
import type { Rollout } from '../../src/document/rollout.ts';
import { compileDocument } from '../../src/evaluation/compile.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import type { Evaluation } from '../../src/evaluation/evaluation.ts';
import { golden } from '../golden.ts';
import { oracle } from '../oracle.ts';

function compiled(document: Document, hash = xxh32) {
  expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return compileDocument(document, { hash });
}

describe('01-hash', () => {
  const { cases } = golden<{ text: string; seed: number; hash: number }>('01-hash');
  it.each(cases)('xxh32 of $text with seed $seed', ({ text, seed, hash }) => {
    expect(oracle(text, seed)).toBe(hash);
    expect(xxh32(text, seed)).toBe(hash);
  });
});

describe('02-seeds-and-positions', () => {
  const { cases } = golden<{ salt: string; seeds: Seeds; unit: string; enter: number; split: number }>(
    '02-seeds-and-positions',
  );
  it.each(cases)('$unit under the salt "$salt"', ({ salt, seeds, unit, enter, split }) => {
    expect({ enter: oracle(`enter:${salt}`, 0), split: oracle(`split:${salt}`, 0) }).toEqual(seeds);
    expect(seedsOf(salt)).toEqual(seeds);
    expect([oracle(unit, seeds.enter), oracle(unit, seeds.split)]).toEqual([enter, split]);
    expect([xxh32(unit, seeds.enter), xxh32(unit, seeds.split)]).toEqual([enter, split]);
  });
});

describe('03-enter', () => {
  const { cases } = golden<{ percentage: number; below: number }>('03-enter');
  it.each(cases)('$percentage% enters below $below', ({ percentage, below }) => {
    expect(enterBelow(percentage)).toBe(below);
  });
});

describe('04-split', () => {
  const { cases } = golden<{ split: Record<string, number>; parts: readonly Part[] }>('04-split');
  it.each(cases)('$split', ({ split, parts }) => {
    expect(splitParts(split).map(({ variant, below }) => ({ variant, below }))).toEqual(parts);
  });
});

describe('05-arms', () => {
  const { cases } = golden<{
    control: string;
    rollout: Rollout;
    candidateBelow: number;
    controlFrom: number;
    active: boolean;
    units: readonly { position: number; split?: number; variant: string; arm: string }[];
  }>('05-arms');
  it.each(cases)('$rollout', ({ control, rollout, candidateBelow, controlFrom, active, units }) => {
    const variants = { claude: 'claude', gpt: 'gpt', llama: 'llama' };
    const { enter } = seedsOf('f');
    for (const unit of units) {
      const flags = compiled({ sluice: 1, flags: { f: { variants, control, rollout } } }, (_, seed) =>
        seed === enter ? unit.position : (unit.split ?? 0),
      );
      expect(flags.flags.get('f')?.rollout).toMatchObject({ candidateBelow, controlFrom });
      const { variant, flagMetadata } = evaluate(flags, 'f', { targetingKey: 'anybody' });
      expect([unit.position, variant, flagMetadata['experiment.arm'], flagMetadata['experiment.active']]).toEqual([
        unit.position,
        unit.variant,
        unit.arm,
        active,
      ]);
    }
  });
});

describe('06-conditions', () => {
  const { cases, segments } = golden<
    { condition: Condition; context: Record<string, unknown>; now?: number; matches: boolean },
    { segments: Record<string, Segment> }
  >('06-conditions');
  it.each(cases)('$condition over $context: $matches', ({ condition, context, now, matches }) => {
    const flags = compiled({ sluice: 1, segments, flags: { f: { rules: [{ when: condition, serve: 'on' }] } } });
    const situation = now === undefined ? {} : { now: () => now };
    expect(evaluate(flags, 'f', context, situation).value).toBe(matches);
  });
});

describe.each(['07-evaluations', '18-kills-and-expiry'])('%s', (file) => {
  interface Case {
    name: string;
    document: string;
    flag: string;
    context: Record<string, unknown>;
    states?: { switches: Record<string, SwitchState>; flags: Record<string, SwitchState> };
    now?: number;
    expected: Omit<Evaluation, 'flagMetadata'> & { metadata: Record<string, unknown> };
  }
  const { cases, documents } = golden<Case, { documents: Record<string, Document> }>(file);
  const ours = /^(switch|retryAfterSeconds|experiment\..*)$/;
  const near = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(9)) : value);

  it.each(cases)('$name', ({ document, flag, context, states, now, expected }) => {
    const flags = compiled(documents[document] as Document);
    const switched = states && {
      switches: new Map(Object.entries(states.switches)),
      flags: new Map(Object.entries(states.flags)),
    };
    const { flagMetadata, errorMessage, ...answer } = evaluate(flags, flag, context, {
      ...(switched && { switches: switched }),
      ...(now !== undefined && { now: () => now }),
    });
    const { metadata, ...listed } = expected;
    expect(answer).toEqual(listed);
    expect(typeof errorMessage).toBe(listed.errorCode === undefined ? 'undefined' : 'string');
    const told = Object.entries(flagMetadata).filter(([key]) => ours.test(key) || Object.hasOwn(metadata, key));
    const wanted = Object.entries(metadata).map(([key, value]) => [key, near(value)]);
    expect(Object.fromEntries(told.map(([key, value]) => [key, near(value)]))).toEqual(Object.fromEntries(wanted));
  });
});

describe('08-stages', () => {
  interface Case {
    name: string;
    key: string;
    flag: Flag;
    rule?: number;
    segments?: Record<string, Segment>;
    /** What else the document declares. */
    rest?: Partial<Document>;
    canonical?: string;
    stage: string;
  }
  const { cases } = golden<Case>('08-stages');
  it.each(cases)('$name', ({ key, flag, rule, segments = {}, rest, canonical, stage }) => {
    const hashed = canonical && oracle(canonical, 0).toString(16).padStart(8, '0');
    if (hashed !== undefined) expect(stage.split('/').at(-1)).toBe(hashed);
    const each = compiled({ sluice: 1, segments, ...rest, flags: { ...rest?.flags, [key]: flag } }).flags.get(key);
    expect((rule === undefined ? each : each?.rules[rule])?.rollout?.stage).toBe(stage);
  });
});

describe('17-layers-and-holdouts', () => {
  const { cases } = golden<{
    layer?: { salt: string; slots: number };
    holdout?: { salt: string; percentage: number };
    unit: string;
    slot?: number;
    held?: boolean;
  }>('17-layers-and-holdouts');
  it.each(cases)('$unit in $layer$holdout', ({ layer, holdout, unit, slot = 0, held }) => {
    const flags = compiled({
      sluice: 1,
      layers: { l: layer ?? { slots: 1 } },
      holdouts: { h: holdout ?? { percentage: 0 } },
      flags: {
        f: { layer: { name: 'l', slots: [slot, slot + 1] }, holdout: 'h', rollout: { percentage: 100, serve: 'on' } },
      },
    });
    expect(evaluate(flags, 'f', { targetingKey: unit }).variant).toBe(held ? 'off' : 'on');
  });
});

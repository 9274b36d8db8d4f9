import { seedsOf } from '../bucketing/bucket.ts';
import { ruleName, stageOf } from '../bucketing/stage.ts';
import { type AttributeReader, attributeReader } from '../conditions/attribute.ts';
import { compileCondition, type Matcher, type SegmentMatcher } from '../conditions/match.ts';
import type { Condition } from '../document/condition.ts';
import type { Flag, Rule } from '../document/flag.ts';
import { controlOf, valueTypeOf, variantsOf } from '../document/variants.ts';
import type { JsonValue } from '../json.ts';
import { type CompiledRollout, compileRollout, type Ingredients } from './compile-rollout.ts';
import type { Evaluation, FlagMetadata, ValueType } from './evaluation.ts';
import { frozenCopy } from './freeze.ts';
import { flagMetadata, type SetMetadata } from './metadata.ts';

export interface CompiledFlag {
  readonly key: string;
  readonly type: ValueType;
  readonly enabled: boolean;
  readonly requires: readonly string[];
  readonly metadata: FlagMetadata;
  /** The context attribute that is bucketed, and how it is read. */
  readonly unit: string;
  readonly readUnit: AttributeReader;
  readonly rules: readonly CompiledRule[];
  readonly rollout: CompiledRollout | undefined;
  /** Control: what is served where no rule matched and there is no rollout, and where a switch is off. */
  readonly otherwise: Evaluation;
}

export interface CompiledRule {
  readonly name: string;
  readonly matches: Matcher;
  readonly serve: Evaluation | undefined;
  readonly rollout: CompiledRollout | undefined;
}

/** What all flags of a document are compiled with. */
export interface Surroundings {
  readonly set: SetMetadata;
  readonly segment: SegmentMatcher;
  conditionOf(segment: string): Condition | undefined;
}

const nothing: readonly never[] = Object.freeze([]);

export function compileFlag(key: string, flag: Flag, flagVersion: string, surroundings: Surroundings): CompiledFlag {
  const { set, conditionOf } = surroundings;
  const values = new Map<string, JsonValue>();
  for (const [variant, value] of Object.entries(variantsOf(flag))) values.set(variant, frozenCopy(value));
  const control = controlOf(flag);
  const seeds = seedsOf(flag.salt ?? key);
  const metadata = flagMetadata(set, flag, flagVersion);
  const ingredients: Ingredients = { flag, set, flagVersion, metadata, values, control, seeds };
  const value = values.get(control) ?? null;
  const unit = flag.unit ?? 'targetingKey';
  const reason = flag.rules === undefined || flag.rules.length === 0 ? 'STATIC' : 'DEFAULT';
  return {
    key,
    type: valueTypeOf(value) ?? 'object',
    enabled: flag.enabled ?? true,
    requires: flag.requires === undefined ? nothing : [...flag.requires],
    metadata,
    unit,
    readUnit: attributeReader(unit),
    rules:
      flag.rules?.map((rule, index) =>
        compileRule(rule, index, stageOf(key, flag, conditionOf, rule, index), surroundings.segment, ingredients),
      ) ?? nothing,
    rollout: flag.rollout && compileRollout(flag.rollout, stageOf(key, flag, conditionOf), ingredients),
    otherwise: Object.freeze({ value, variant: control, reason, flagMetadata: metadata }),
  };
}

function compileRule(
  rule: Rule,
  index: number,
  stage: string,
  segment: SegmentMatcher,
  ingredients: Ingredients,
): CompiledRule {
  const { serve } = rule;
  return {
    name: ruleName(rule, index),
    matches: compileCondition(rule.when, segment),
    serve:
      serve === undefined
        ? undefined
        : Object.freeze({
            value: ingredients.values.get(serve) ?? null,
            variant: serve,
            reason: 'TARGETING_MATCH',
            flagMetadata: ingredients.metadata,
          }),
    rollout: rule.rollout && compileRollout(rule.rollout, stage, ingredients),
  };
}

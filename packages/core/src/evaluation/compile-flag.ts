import { seedsOf } from '../bucketing/bucket.ts';
import { type Behind, ruleName, stageOf } from '../bucketing/stage.ts';
import { type AttributeReader, attributeReader } from '../conditions/attribute.ts';
import { compileCondition, type Matcher, type SegmentMatcher } from '../conditions/match.ts';
import type { Flag, Prerequisites, Rule } from '../document/flag.ts';
import { controlOf, valueTypeOf, variantsOf } from '../document/variants.ts';
import type { JsonValue } from '../json.ts';
import { answer } from './answer.ts';
import { type CompiledRollout, compileRollout, type Ingredients } from './compile-rollout.ts';
import { type CompiledTargeting, compileTargeting } from './compile-targeting.ts';
import type { Evaluation, FlagMetadata, ValueType } from './evaluation.ts';
import { frozenCopy } from './freeze.ts';
import { flagMetadata, type SetMetadata } from './metadata.ts';
import { indexRules, type RuleIndex } from './rule-index.ts';

export interface CompiledFlag {
  readonly key: string;
  readonly type: ValueType;
  /** The answer of a flag that is not enabled. */
  readonly disabled: Evaluation | undefined;
  readonly requires: readonly string[];
  readonly metadata: FlagMetadata;
  /** The context attribute that is bucketed, and how it is read. */
  readonly unit: string;
  readonly readUnit: AttributeReader;
  readonly targeting: CompiledTargeting | undefined;
  readonly rules: readonly CompiledRule[];
  /** Where there are many rules on one attribute. */
  readonly index: RuleIndex | undefined;
  readonly rollout: CompiledRollout | undefined;
  /** Control: what is served where no rule matched and there is no rollout, and where a switch is off. */
  readonly otherwise: Evaluation;
}

export interface CompiledRule {
  readonly name: string;
  readonly matches: Matcher;
  readonly prerequisites: Prerequisites | undefined;
  readonly serve: Evaluation | undefined;
  readonly rollout: CompiledRollout | undefined;
  /** Units that don't enter are asked by the next rule. */
  readonly fallsThrough: boolean;
}

/** What all flags of a document are compiled with. */
export interface Surroundings extends Behind {
  readonly set: SetMetadata;
  readonly segment: SegmentMatcher;
}

const nothing: readonly never[] = Object.freeze([]);

export function compileFlag(key: string, flag: Flag, flagVersion: string, surroundings: Surroundings): CompiledFlag {
  const { set, shared } = surroundings;
  const values = new Map<string, JsonValue>();
  for (const [variant, value] of Object.entries(variantsOf(flag))) values.set(variant, frozenCopy(value));
  const control = controlOf(flag);
  const salt = flag.salt ?? key;
  const metadata = flagMetadata(set, flag, flagVersion);
  const ingredients: Ingredients = { flag, set, flagVersion, metadata, values, control, salt, seeds: seedsOf(salt) };
  const unit = flag.unit ?? 'targetingKey';
  const reason = flag.rules === undefined || flag.rules.length === 0 ? 'STATIC' : 'DEFAULT';
  const rules =
    flag.rules?.map((rule, index) =>
      compileRule(rule, index, stageOf(key, flag, surroundings, rule, index), surroundings.segment, ingredients),
    ) ?? nothing;
  return {
    key,
    type: valueTypeOf(control === null ? values.values().next().value : values.get(control)) ?? 'object',
    disabled: flag.enabled === false ? answer(values, flag.whenDisabled ?? null, 'DISABLED', metadata) : undefined,
    requires: flag.requires === undefined ? nothing : [...flag.requires],
    metadata,
    unit,
    readUnit: attributeReader(unit),
    targeting: compileTargeting(flag, ingredients, shared),
    rules,
    index: flag.rules && indexRules(flag.rules, rules),
    rollout: flag.rollout && compileRollout(flag.rollout, stageOf(key, flag, surroundings), ingredients),
    otherwise: answer(values, control, reason, metadata),
  };
}

function compileRule(
  rule: Rule,
  index: number,
  stage: string,
  segment: SegmentMatcher,
  ingredients: Ingredients,
): CompiledRule {
  const { serve, prerequisites } = rule;
  const { flag } = ingredients;
  // After the last rule comes control, as if it did not say so.
  const isLast = index + 1 === flag.rules?.length && flag.rollout === undefined;
  const fallsThrough = rule.otherwise === 'next' && !isLast;
  return {
    name: ruleName(rule, index),
    matches: compileCondition(rule.when, segment),
    prerequisites,
    serve: serve === undefined ? undefined : answer(ingredients.values, serve, 'TARGETING_MATCH', ingredients.metadata),
    rollout: rule.rollout && compileRollout(rule.rollout, stage, ingredients, fallsThrough),
    fallsThrough,
  };
}

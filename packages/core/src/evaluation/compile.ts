import { seedsOf } from '../bucketing/bucket.ts';
import { canonicalJson, fingerprint } from '../bucketing/canonical.ts';
import { type Hash, xxh32 } from '../bucketing/hash.ts';
import { ruleName, stageOf } from '../bucketing/stage.ts';
import { type AttributeReader, attributeReader } from '../conditions/attribute.ts';
import { compileCondition, type Matcher, type SegmentMatcher } from '../conditions/match.ts';
import type { Condition, Document, Flag, Rule, Switch } from '../document/document.ts';
import { segmentsBehind } from '../document/segments.ts';
import { controlOf, valueTypeOf, variantsOf } from '../document/variants.ts';
import type { JsonValue } from '../json.ts';
import { type CompiledRollout, compileRollout, type Ingredients } from './compile-rollout.ts';
import type { Evaluation, FlagMetadata, ValueType } from './evaluation.ts';
import { frozenCopy } from './freeze.ts';
import { flagMetadata, type SetMetadata, setMetadata } from './metadata.ts';

/** A document made ready to be evaluated: everything that can be decided before a context is known has been. */
export interface CompiledFlags {
  readonly flagSetId: string | undefined;
  readonly version: string;
  readonly flags: ReadonlyMap<string, CompiledFlag>;
  readonly switches: ReadonlyMap<string, CompiledSwitch>;
  readonly hash: Hash;
}

export interface CompiledSwitch {
  readonly enabled: boolean;
  readonly retryAfterSeconds: number;
  readonly metadata: FlagMetadata;
}

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
  /** Changes with everything that can change an answer of this flag, switches aside. */
  readonly fingerprint: string;
}

export interface CompiledRule {
  readonly name: string;
  readonly matches: Matcher;
  readonly serve: Evaluation | undefined;
  readonly rollout: CompiledRollout | undefined;
}

export interface CompileOptions {
  /** @default `xxh32` in plain JavaScript */
  readonly hash?: Hash;
}

/** What all flags of a document are compiled with. */
interface Surroundings {
  readonly set: SetMetadata;
  readonly segment: SegmentMatcher;
  conditionOf(segment: string): Condition | undefined;
}

/** Compiles a document that `parseDocument` accepted; of any other it promises nothing. */
export function compileDocument(document: Document, options: CompileOptions = {}): CompiledFlags {
  const declared = Object.entries(document.flags ?? {});
  const conditionOf = (segment: string): Condition | undefined => document.segments?.[segment]?.when;
  const versions = declared.map(([, flag]) => {
    const behind = segmentsBehind(flag.rules?.map(({ when }) => when) ?? nothing, conditionOf);
    return fingerprint(canonicalJson([flag, behind]));
  });
  const flagVersions = Object.fromEntries(declared.map(([key], index) => [key, versions[index]]));
  const version = document.version ?? fingerprint(canonicalJson({ ...document, flags: flagVersions }));
  const set: SetMetadata = { flagSetId: document.flagSetId, version };
  const surroundings: Surroundings = { set, segment: segmentMatchers(conditionOf), conditionOf };
  const flags = new Map<string, CompiledFlag>();
  for (const [index, [key, flag]] of declared.entries()) {
    flags.set(key, compileFlag(key, flag, versions[index] ?? '', surroundings));
  }
  const switches = new Map<string, CompiledSwitch>();
  for (const [name, each] of Object.entries(document.switches ?? {})) switches.set(name, compileSwitch(each, set));
  return { flagSetId: document.flagSetId, version, flags, switches, hash: options.hash ?? xxh32 };
}

function segmentMatchers(conditionOf: Surroundings['conditionOf']): SegmentMatcher {
  const compiled = new Map<string, Matcher>();
  const segment: SegmentMatcher = (name) => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const matcher = compileCondition(conditionOf(name) ?? {}, segment);
    compiled.set(name, matcher);
    return matcher;
  };
  return segment;
}

function compileSwitch(declared: Switch, set: SetMetadata): CompiledSwitch {
  const retryAfterSeconds = declared.retryAfterSeconds ?? 300;
  return { enabled: declared.enabled ?? true, retryAfterSeconds, metadata: setMetadata(set) };
}

const nothing: readonly never[] = Object.freeze([]);

function compileFlag(key: string, flag: Flag, flagVersion: string, surroundings: Surroundings): CompiledFlag {
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
    fingerprint: flagVersion,
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

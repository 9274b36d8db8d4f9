import { type AttributeReader, attributeReader } from './attribute.ts';
import { seedsOf } from './bucket.ts';
import { canonicalJson, fingerprint } from './canonical.ts';
import { type CompiledRollout, compileRollout, type Ingredients } from './compile-rollout.ts';
import type { Document, Flag, Rule, Switch } from './document.ts';
import type { Evaluation, FlagMetadata, ValueType } from './evaluation.ts';
import { frozenCopy } from './freeze.ts';
import { type Hash, xxh32 } from './hash.ts';
import type { JsonValue } from './json.ts';
import { compileCondition, type Matcher, type SegmentMatcher } from './match.ts';
import { flagMetadata, type SetMetadata, setMetadata } from './metadata.ts';
import { stageOf } from './stage.ts';
import { controlOf, valueTypeOf, variantsOf } from './variants.ts';

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

/** Compiles a document that `parseDocument` accepted; of any other it promises nothing. */
export function compileDocument(document: Document, options: CompileOptions = {}): CompiledFlags {
  const declared = Object.entries(document.flags ?? {});
  const segments = segmentMatchers(document);
  const segmentText = canonicalJson(document.segments ?? {});
  const versions = declared.map(([, flag]) => {
    const text = canonicalJson(flag);
    return fingerprint(text.includes('"inSegment":') ? text + segmentText : text);
  });
  const { flags: _, ...rest } = document;
  const version = document.version ?? fingerprint(canonicalJson(rest) + versions.join());
  const set: SetMetadata = { flagSetId: document.flagSetId, version };
  const flags = new Map<string, CompiledFlag>();
  for (const [index, [key, flag]] of declared.entries()) {
    flags.set(key, compileFlag(key, flag, set, versions[index] ?? '', segments));
  }
  const switches = new Map<string, CompiledSwitch>();
  for (const [name, each] of Object.entries(document.switches ?? {})) switches.set(name, compileSwitch(each, set));
  return { flagSetId: document.flagSetId, version, flags, switches, hash: options.hash ?? xxh32 };
}

function segmentMatchers(document: Document): SegmentMatcher {
  const compiled = new Map<string, Matcher>();
  const segment: SegmentMatcher = (name) => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const matcher = compileCondition(document.segments?.[name]?.when ?? {}, segment);
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

function compileFlag(
  key: string,
  flag: Flag,
  set: SetMetadata,
  flagVersion: string,
  segments: SegmentMatcher,
): CompiledFlag {
  const values = new Map<string, JsonValue>();
  for (const [variant, value] of Object.entries(variantsOf(flag))) values.set(variant, frozenCopy(value));
  const control = controlOf(flag);
  const seeds = seedsOf(flag.salt ?? key);
  const ingredients: Ingredients = { flag, set, flagVersion, values, control, seeds, segments };
  const metadata = flagMetadata(set, flag, flagVersion);
  const value = values.get(control) ?? null;
  const unit = flag.unit ?? 'targetingKey';
  const reason = flag.rules === undefined || flag.rules.length === 0 ? 'STATIC' : 'DEFAULT';
  return {
    key,
    type: valueTypeOf(value) ?? 'object',
    enabled: flag.enabled ?? true,
    requires: flag.requires ?? nothing,
    metadata,
    unit,
    readUnit: attributeReader(unit),
    rules: flag.rules?.map((rule, index) => compileRule(key, rule, index, metadata, ingredients)) ?? nothing,
    rollout: flag.rollout && compileRollout(flag.rollout, stageOf(key, flag, variantsOf(flag)), ingredients),
    otherwise: Object.freeze({ value, variant: control, reason, flagMetadata: metadata }),
    fingerprint: flagVersion,
  };
}

function compileRule(
  key: string,
  rule: Rule,
  index: number,
  metadata: FlagMetadata,
  ingredients: Ingredients,
): CompiledRule {
  const { flag, values, segments } = ingredients;
  const { serve } = rule;
  const stage = stageOf(key, flag, variantsOf(flag), rule, index);
  return {
    name: rule.name ?? `rule-${index + 1}`,
    matches: compileCondition(rule.when, segments),
    serve:
      serve === undefined
        ? undefined
        : Object.freeze({
            value: values.get(serve) ?? null,
            variant: serve,
            reason: 'TARGETING_MATCH',
            flagMetadata: metadata,
          }),
    rollout: rule.rollout && compileRollout(rule.rollout, stage, ingredients),
  };
}

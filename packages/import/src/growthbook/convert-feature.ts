import type { Flag, JsonValue, Path, Prerequisites, Rule } from '@sluice/core';
import { everybody } from '../condition-algebra.ts';
import { isList, isRecord } from '../plain-json.ts';
import { experimentKey, nameVariations } from './convert-experiment.ts';
import { convertRule } from './convert-rule.ts';
import { member } from './json-shapes.ts';
import { plainCondition } from './plain-condition.ts';
import { type Answers, type AnswersOf, merge, readPrerequisites } from './prerequisites.ts';
import type { FeatureReading, Step } from './step.ts';
import { usableName } from './usable-name.ts';
import { nameValue, servedTypes, servedVariants } from './variants.ts';

export interface Converted {
  readonly flag: Flag;
  readonly answers: Answers;
}

/** A step with what it asks of other features, and GrowthBook's rule that it comes from. */
interface Placed extends Step {
  readonly prerequisites: Prerequisites;
  readonly name: string;
}

/** The steps of all rules, and whether the default value is reached behind them. */
interface Walk {
  readonly placed: readonly Placed[];
  readonly gates: Prerequisites;
  readonly ended: boolean;
}

/** One feature; `undefined` where it is lost, which has been noted. */
export function convertFeature(
  raw: JsonValue,
  feature: FeatureReading,
  answersOf: AnswersOf,
  path: Path,
): Converted | undefined {
  const rules = isRecord(raw) ? member(raw, 'rules') || [] : undefined;
  if (!isRecord(raw) || !isList(rules)) {
    feature.notes.note('malformed', path, 'a feature is an object, and its rules are a list; it is left out');
    return undefined;
  }
  feature.notes.carry('feature');
  for (const rule of rules) if (isRecord(rule)) nameVariations(rule, feature);
  const walk = walkRules(rules, feature, answersOf, path);
  if (walk === undefined) return undefined;
  const given = member(raw, 'defaultValue') ?? null;
  feature.notes.carry(given === null ? 'default value null' : 'default value');
  const flag = assemble(walk, given, feature);
  const types = servedTypes(feature.variants);
  if (types.size > 1) {
    feature.notes.note(
      'mixed-types',
      path,
      `has values of several types (${[...types].join(', ')}), and a flag's variants have one; it is left out. Give every rule and the default value one type`,
    );
    return undefined;
  }
  const { values, served } = feature.variants;
  return {
    flag,
    answers: {
      values: new Map([...values].filter(([name]) => served.has(name))),
      nullable: flag.enabled === false || flag.control === null,
    },
  };
}

function walkRules(
  rules: readonly JsonValue[],
  feature: FeatureReading,
  answersOf: AnswersOf,
  path: Path,
): Walk | undefined {
  const placed: Placed[] = [];
  let gates: Prerequisites = {};
  for (const [index, rule] of rules.entries()) {
    const at = [...path, 'rules', index];
    if (!isRecord(rule)) {
      feature.notes.note('malformed', at, 'a rule is an object; the whole feature is left out');
      return undefined;
    }
    const asked = readPrerequisites(rule, answersOf, feature, at);
    if (asked === 'feature lost') return undefined;
    if (asked === 'null') return { placed, gates, ended: true };
    const gated = merge(gates, asked.gates);
    if (gated === undefined) return { placed, gates, ended: true };
    gates = gated;
    const prerequisites = asked.own && merge(gates, asked.own);
    if (prerequisites === undefined) continue;
    const name = experimentKey(rule, '') || String(member(rule, 'id') ?? '');
    for (const step of convertRule(rule, feature, at) ?? []) {
      placed.push({ ...step, prerequisites, name });
      if (isFinal(step) && Object.keys(prerequisites).length === 0) return { placed, gates, ended: false };
    }
  }
  return { placed, gates, ended: false };
}

/** Whether no unit gets past it. */
function isFinal({ when, rollout }: Step): boolean {
  return when === true && rollout === undefined;
}

function assemble({ placed, gates, ended }: Walk, given: JsonValue, feature: FeatureReading): Flag {
  const { variants } = feature;
  const gated = Object.keys(gates).length > 0;
  const asksNull = ended || gated || placed.some(({ serve }) => serve === null);
  const fallback = given === null || ended ? null : nameValue(variants, given, 'default');
  // Where null is an answer control has to be it, and then the default value takes a rule.
  const control = asksNull ? null : fallback;
  const steps = [...placed];
  if (control === null && fallback !== null) {
    steps.push({ when: true, serve: fallback, prerequisites: gates, name: 'default' });
  }
  for (const step of steps) for (const name of servedBy(step)) variants.served.add(name);
  if (control !== null) variants.served.add(control);
  const [any] = variants.served;
  if (any === undefined) return { enabled: false };

  // A gate before everything else is the flag's own.
  const shared = gated && steps.every(({ prerequisites }) => covers(prerequisites, gates)) ? gates : {};
  const last = steps.at(-1);
  const opens = last?.rollout !== undefined && last.when === true && noneBut(last.prerequisites, shared);
  const hashed = steps.find(({ rollout }) => rollout !== undefined)?.rollout?.bucketing ?? 'growthbook-1';
  const spreads = steps.some(({ rollout, serve }) => rollout !== undefined || serve === null);
  const written = servedVariants(variants);
  const taken = new Set<string>();
  const rules = (opens ? steps.slice(0, -1) : steps).map((step) => ruleOf(step, shared, hashed, any, taken));
  return {
    ...(Object.keys(shared).length > 0 ? { prerequisites: shared } : {}),
    ...(spreads ? { bucketing: hashed } : {}),
    ...(written === undefined ? {} : { variants: written }),
    ...(written === undefined && control === 'off' ? {} : { control }),
    ...(rules.length > 0 ? { rules } : {}),
    ...(opens && last.rollout !== undefined ? { rollout: sparing(last.rollout, hashed) } : {}),
  };
}

function servedBy({ serve, rollout }: Step): readonly string[] {
  if (rollout === undefined) return serve === null || serve === undefined ? [] : [serve];
  if (rollout.serve !== undefined) return [rollout.serve];
  return Array.isArray(rollout.split) ? rollout.split.map(({ variant }) => variant) : [];
}

function covers(prerequisites: Prerequisites, gates: Prerequisites): boolean {
  return Object.entries(gates).every(
    ([parent, variants]) =>
      Object.hasOwn(prerequisites, parent) && prerequisites[parent]?.every((variant) => variants.includes(variant)),
  );
}

function noneBut(prerequisites: Prerequisites, shared: Prerequisites): boolean {
  return Object.keys(beyond(prerequisites, shared)).length === 0;
}

/** What is asked beyond what the flag asks already. */
function beyond(prerequisites: Prerequisites, shared: Prerequisites): Prerequisites {
  return Object.fromEntries(
    Object.entries(prerequisites).filter(
      ([parent, variants]) => !Object.hasOwn(shared, parent) || shared[parent]?.length !== variants.length,
    ),
  );
}

function ruleOf(step: Placed, shared: Prerequisites, hashed: string, any: string, taken: Set<string>): Rule {
  const own = beyond(step.prerequisites, shared);
  const when = typeof step.when === 'boolean' ? everybody : plainCondition(step.when);
  const named = step.name === '' ? {} : { name: usableName(step.name, 'rule', taken) };
  const head = { ...named, when, ...(Object.keys(own).length > 0 ? { prerequisites: own } : {}) };
  if (step.rollout !== undefined) return { ...head, rollout: sparing(step.rollout, hashed), otherwise: 'next' };
  // A rollout that nobody enters leaves control, which is null here.
  return {
    ...head,
    ...(typeof step.serve === 'string' ? { serve: step.serve } : { rollout: { percentage: 0, serve: any } }),
  };
}

function sparing<Kind extends { readonly bucketing?: string }>(rollout: Kind, hashed: string): Kind {
  const { bucketing, ...rest } = rollout;
  return bucketing === hashed ? (rest as Kind) : rollout;
}

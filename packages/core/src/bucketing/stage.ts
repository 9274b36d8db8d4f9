import type { Condition } from '../document/condition.ts';
import type { Document } from '../document/document.ts';
import type { Flag, Rule } from '../document/flag.ts';
import type { Rollout } from '../document/rollout.ts';
import { segmentsBehind } from '../document/segments.ts';
import { controlOf, variantsOf } from '../document/variants.ts';
import type { JsonValue } from '../json.ts';
import { canonicalJson } from './canonical.ts';
import { xxh32 } from './hash.ts';

/** What a flag names and does not hold itself. */
export interface Behind {
  conditionOf(segment: string): Condition | undefined;
  readonly shared: Pick<Document, 'layers' | 'holdouts'>;
}

/**
 * Names the period in which nothing about a rollout changed: outcomes of two stages are never added up.
 *
 * The writer's own count where there is one; else a hash of what may not change within a stage: percentage, split, salt,
 * unit, control, the payloads that can be served, and what says whom it is about: prerequisites, layer and holdout, and for a
 * rule its condition with the segments behind it. A rule's stage carries the rule's name, because two rules may both be at their third.
 */
export function stageOf(key: string, flag: Flag, behind: Behind, rule?: Rule, index = 0): string {
  const written = rule === undefined ? flag.rollout : rule.rollout;
  if (written === undefined) return '';
  const { stage, ...rollout } = written;
  const name = stage === undefined ? hashOf(key, flag, rollout, rule, behind) : String(stage);
  return rule === undefined ? name : `${ruleName(rule, index)}/${name}`;
}

function hashOf(
  key: string,
  flag: Flag,
  rollout: Rollout,
  rule: Rule | undefined,
  { conditionOf, shared }: Behind,
): string {
  const variants = variantsOf(flag);
  const control = controlOf(flag);
  const payloads: Record<string, JsonValue | undefined> = {};
  for (const name of control === null ? servedBy(rollout) : [control, ...servedBy(rollout)]) {
    payloads[name] = variants[name];
  }
  const text = canonicalJson({
    // Ours is not named, so that the stages of flags that never named one are what they were.
    bucketing: flag.bucketing === 'sluice-1' ? undefined : flag.bucketing,
    control,
    holdout: holdoutOf(flag, shared),
    layer: layerOf(flag, shared),
    payloads,
    prerequisites: flag.prerequisites,
    rollout,
    rulePrerequisites: rule?.prerequisites,
    salt: flag.salt ?? key,
    segments: rule && segmentsBehind([rule.when], conditionOf),
    unit: flag.unit ?? 'targetingKey',
    when: rule?.when,
  });
  return xxh32(text, 0).toString(16).padStart(8, '0');
}

function holdoutOf({ holdout }: Flag, { holdouts }: Behind['shared']): JsonValue | undefined {
  const declared = holdout === undefined ? undefined : holdouts?.[holdout];
  if (holdout === undefined || declared === undefined) return undefined;
  const { percentage, unit = 'targetingKey', salt = holdout } = declared;
  return { percentage, salt, unit };
}

function layerOf({ layer }: Flag, { layers }: Behind['shared']): JsonValue | undefined {
  const declared = layer === undefined ? undefined : layers?.[layer.name];
  if (layer === undefined || declared === undefined) return undefined;
  const { slots, unit = 'targetingKey', salt = layer.name } = declared;
  return { salt, slots, taken: layer.slots, unit };
}

/** The variants that a rollout names. */
function servedBy({ serve, split }: Rollout): readonly string[] {
  if (serve !== undefined) return [serve];
  return Array.isArray(split) ? split.map(({ variant }) => variant) : Object.keys(split ?? {});
}

/** A rule without a name goes by its place. */
export function ruleName(rule: Rule, index: number): string {
  return rule.name ?? `rule-${index + 1}`;
}

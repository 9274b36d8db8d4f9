import { enterBelow } from '../bucketing/bucket.ts';
import { xxh32 } from '../bucketing/hash.ts';
import { type AttributeReader, attributeReader } from '../conditions/attribute.ts';
import type { Document } from '../document/document.ts';
import type { Flag, Prerequisites } from '../document/flag.ts';
import { answer } from './answer.ts';
import type { Ingredients } from './compile-rollout.ts';
import { type Evaluation, metadataKeys } from './evaluation.ts';
import { TargetTable } from './target-table.ts';

/** What only few flags have, behind one field, so that all others don't pay for it. */
export interface CompiledTargeting {
  readonly prerequisites: Prerequisites | undefined;
  /** Control, where they are not met. */
  readonly unmet: Evaluation;
  /** By unit: a lookup, however many there are. */
  readonly targets: TargetTable | undefined;
  readonly holdout: CompiledHoldout | undefined;
  readonly layer: CompiledLayer | undefined;
  readonly sticky: CompiledSticky | undefined;
}

/** A hash of its own, so that who is held out says nothing about a flag's rollout. */
interface Placement {
  readonly name: string;
  readonly unit: string;
  readonly readUnit: AttributeReader;
  readonly seed: number;
}

interface CompiledHoldout extends Placement {
  /** Units at positions below this one are held out. */
  readonly below: number;
  readonly held: Evaluation;
}

interface CompiledLayer extends Placement {
  readonly slots: number;
  readonly from: number;
  readonly below: number;
  /** For units in other slots. */
  readonly outside: Evaluation;
}

interface CompiledSticky {
  readonly ttlMs: number | undefined;
  /** By variant, `null` for a control that is the caller's default: what a unit keeps that its hash would not give it. */
  readonly kept: ReadonlyMap<string | null, Evaluation>;
}

export function compileTargeting(
  flag: Flag,
  ingredients: Ingredients,
  { layers, holdouts }: Pick<Document, 'layers' | 'holdouts'>,
): CompiledTargeting | undefined {
  const { prerequisites, targets, holdout, layer, sticky } = flag;
  const stickily = sticky !== undefined && sticky !== false;
  if (
    prerequisites === undefined &&
    targets === undefined &&
    holdout === undefined &&
    layer === undefined &&
    !stickily
  ) {
    return undefined;
  }
  const declaredHoldout = holdout === undefined ? undefined : holdouts?.[holdout];
  const declaredLayer = layer === undefined ? undefined : layers?.[layer.name];
  return {
    prerequisites,
    unmet: answer(ingredients.values, ingredients.control, 'DEFAULT', ingredients.metadata),
    targets: targets && compileTargets(targets, ingredients),
    holdout:
      holdout === undefined || declaredHoldout === undefined
        ? undefined
        : {
            ...placement('holdout', holdout, declaredHoldout),
            below: enterBelow(declaredHoldout.percentage),
            held: marked(ingredients, ingredients.control, { [metadataKeys.holdout]: holdout }),
          },
    layer:
      layer === undefined || declaredLayer === undefined
        ? undefined
        : {
            ...placement('layer', layer.name, declaredLayer),
            slots: declaredLayer.slots,
            from: layer.slots[0],
            below: layer.slots[1],
            outside: marked(ingredients, ingredients.control, {}),
          },
    sticky: stickily ? compileSticky(sticky === true ? {} : sticky, ingredients) : undefined,
  };
}

function compileTargets(targets: NonNullable<Flag['targets']>, { values, metadata }: Ingredients): TargetTable {
  const answers = Object.entries(targets).flatMap(([variant, units]) => {
    const reached = answer(values, variant, 'TARGETING_MATCH', metadata);
    return units.map((unit): [string, Evaluation] => [String(unit), reached]);
  });
  return new TargetTable(answers);
}

function compileSticky({ ttlSeconds }: { readonly ttlSeconds?: number }, ingredients: Ingredients): CompiledSticky {
  const kept = new Map<string | null, Evaluation>();
  const variants = [...ingredients.values.keys(), ...(ingredients.control === null ? [null] : [])];
  for (const variant of variants) kept.set(variant, marked(ingredients, variant, { [metadataKeys.sticky]: true }));
  return { ttlMs: ttlSeconds === undefined ? undefined : ttlSeconds * 1000, kept };
}

function placement(
  purpose: 'holdout' | 'layer',
  name: string,
  { unit = 'targetingKey', salt = name }: { readonly unit?: string; readonly salt?: string },
): Placement {
  return { name, unit, readUnit: attributeReader(unit), seed: xxh32(`${purpose}:${salt}`, 0) };
}

function marked(
  ingredients: Ingredients,
  variant: string | null,
  mark: Readonly<Record<string, string | boolean>>,
): Evaluation {
  return answer(ingredients.values, variant, 'SPLIT', Object.freeze({ ...ingredients.metadata, ...mark }));
}

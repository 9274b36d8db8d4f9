import type { Condition, Path } from '@sluice/core';
import { isName } from '../accepted.ts';
import { anyOf, type Decision } from '../condition-algebra.ts';
import { type Placed, placed } from '../placed.ts';
import { isRecord } from '../plain-json.ts';
import { attributeName } from './attribute-name.ts';
import { type Payload, readPayload } from './read-payload.ts';
import { quote } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** Variants among which one hash chooses. */
export interface VariantList {
  readonly variants: readonly Variant[];
  /** As it is written at the first of them. */
  readonly stickiness: unknown;
}

export interface Variant {
  readonly name: string;
  readonly path: Path;
  readonly weight: number;
  readonly payload: Payload;
  /** Who gets it before any hash; absent where nobody does. */
  readonly override: Condition | undefined;
}

/** Whether a list chooses at all: the SDK passes over one whose weights add up to nothing. */
export function weighs(list: unknown): boolean {
  const weights = placed(list, []).map(({ value }) => (isRecord(value) ? value['weight'] : undefined));
  return weights.reduce<number>((total, weight) => total + (typeof weight === 'number' ? weight : 0), 0) > 0;
}

/** `undefined` where it cannot be carried, after a note. */
export function readVariants(list: readonly Placed[], noting: UnleashNoting): VariantList | undefined {
  const variants = list.map((variant) => readVariant(variant, noting));
  if (variants.includes(undefined)) return undefined;
  for (const { payload, override } of variants as readonly Variant[]) {
    noting.carry(payload.construct);
    if (override !== undefined) noting.carry('variant override');
  }
  const [first] = list;
  const stickiness = isRecord(first?.value) ? first.value['stickiness'] : undefined;
  return { variants: variants as readonly Variant[], stickiness };
}

function readVariant({ value: variant, path }: Placed, noting: UnleashNoting): Variant | undefined {
  if (!isRecord(variant) || typeof variant['name'] !== 'string') {
    noting.note('malformed', path, 'is no variant with a name; the variants beside it are left out');
    return undefined;
  }
  const { name, weight } = variant;
  if (!isName(name)) {
    noting.note('name', path, `${quote(name)} cannot be the name of a variant; the variants beside it are left out`);
    return undefined;
  }
  if (!Number.isSafeInteger(weight) || (weight as number) < 0) {
    noting.note('malformed', [...path, 'weight'], 'has to be a whole number; the variants beside it are left out');
    return undefined;
  }
  const payload = readPayload(variant['payload'], [...path, 'payload'], noting);
  const override = readOverrides(variant['overrides'], [...path, 'overrides'], noting);
  if (payload === undefined || override === undefined) return undefined;
  const named = typeof override === 'boolean' ? undefined : override;
  return { name, path, weight: weight as number, payload, override: named };
}

/** Who is named by the overrides of a variant: their values are compared as they are, and only with text. */
function readOverrides(overrides: unknown, path: Path, noting: UnleashNoting): Decision | undefined {
  const decisions = placed(overrides, path).map(({ value: override, path: at }): Decision | undefined => {
    if (!isRecord(override) || !Array.isArray(override['values'])) {
      noting.note('malformed', at, 'is no override with a list of values; the variants beside it are left out');
      return undefined;
    }
    const attribute = attributeName(override['contextName'], [...at, 'contextName'], noting);
    const texts = override['values'].filter((value): value is string => typeof value === 'string');
    if (attribute === undefined) return undefined;
    return texts.length > 0 && { [attribute]: { asText: { in: texts } } };
  });
  return decisions.includes(undefined) ? undefined : anyOf(decisions as Decision[]);
}

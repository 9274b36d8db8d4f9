import { type JsonValue, type Path, valueTypeOf } from '@sluice/core';
import { isName } from '../accepted.ts';
import { isRecord } from '../plain-json.ts';
import type { FlagdNoting } from './flagd-report.ts';
import { readJson } from './read-json.ts';

/** A flag that flagd would read. */
export interface FlagDefinition {
  readonly enabled: boolean;
  readonly variants: Readonly<Record<string, JsonValue>>;
  readonly defaultVariant: string | undefined;
  /** `undefined`: none, so that everybody gets the default variant. */
  readonly targeting: JsonValue | undefined;
}

/** `undefined`, with a note, where there can be no such flag. */
export function readFlag(key: string, input: unknown, path: Path, noting: FlagdNoting): FlagDefinition | undefined {
  if (!isName(key)) return noting.note('name', path, 'is no name that a flag can have here');
  const flag = readJson(input);
  const refuse = (why: string): undefined =>
    noting.note(
      'refused-flag',
      path,
      `${key} ${why}, for which flagd refuses all of the definitions; the others are carried`,
    );
  if (!isRecord(flag)) return refuse('is no flag');
  const { state, variants, targeting, metadata } = flag;
  if (state !== 'ENABLED' && state !== 'DISABLED') return refuse('has a state other than ENABLED and DISABLED');
  if (!isRecord(variants)) return refuse('has no variants');
  const defaultVariant = flag['defaultVariant'] || undefined;
  if (
    defaultVariant !== undefined &&
    !(typeof defaultVariant === 'string' && Object.hasOwn(variants, defaultVariant))
  ) {
    return refuse('has a default variant that is none of its variants');
  }
  if (!checkVariants(key, variants, path, noting)) return undefined;
  if (isRecord(metadata) && Object.keys(metadata).length > 0) {
    noting.note('metadata', [...path, 'metadata'], `${key} has metadata, which a flag has no place for here`);
  }
  return {
    enabled: state === 'ENABLED',
    variants,
    defaultVariant,
    targeting: isEmpty(targeting) ? undefined : targeting,
  };
}

/** flagd asks for members, which a number or true has none of. */
function isEmpty(targeting: JsonValue | undefined): boolean {
  return targeting === undefined || targeting === null || Object.keys(targeting).length === 0;
}

function checkVariants(
  key: string,
  variants: Readonly<Record<string, JsonValue>>,
  path: Path,
  noting: FlagdNoting,
): boolean {
  const at = [...path, 'variants'];
  const entries = Object.entries(variants);
  const types = new Set(entries.map(([, value]) => valueTypeOf(value)));
  if (entries.some(([name]) => !isName(name))) {
    noting.note('name', at, `${key} has a variant without a name that a variant can have here, and so is left out`);
  } else if (entries.length === 0 || types.has(undefined) || entries.some(([, value]) => !isPayload(value, 0))) {
    noting.note(
      'variant-value',
      at,
      `${key} has no variants, or one without a value that can be written, and so is left out`,
    );
  } else if (types.size > 1) {
    noting.note(
      'variant-types',
      at,
      `${key} has variants of several types, of which a flag has one, and so is left out`,
    );
  } else return true;
  return false;
}

function isPayload(value: JsonValue, depth: number): boolean {
  if (depth > 64) return false;
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, each]) => key !== '__proto__' && isPayload(each, depth + 1));
}

import type { Path, Scalar } from '@sluice/core';
import { isRecord, isScalar } from '../plain-json.ts';
import type { Environment } from './environment.ts';
import type { FlagsmithNoting } from './flagsmith-report.ts';

/** What a condition compares with; `null` where it has nothing. */
export type Literal = Scalar | null;

/** One condition as the SDK checks it. */
export interface FlagsmithCondition {
  readonly operator: string;
  /** Empty where there is none. */
  readonly property: string;
  /** Only `IN` takes a list. */
  readonly value: Literal | readonly unknown[];
  readonly path: Path;
}

/** What the conditions of one segment have in common. */
export interface Surroundings {
  readonly environment: Environment;
  readonly segmentKey: string;
  readonly noting: FlagsmithNoting;
}

/** `undefined` where it has types on which the SDK fails, or means nothing by them. */
export function readCondition(input: unknown, path: Path): FlagsmithCondition | undefined {
  if (!isRecord(input) || typeof input['operator'] !== 'string') return undefined;
  const { operator, property_: property } = input;
  const value = input['value'] ?? null;
  if (typeof property !== 'string' && property !== null && property !== undefined) return undefined;
  if (!isLiteral(value) && !(Array.isArray(value) && operator === 'IN')) return undefined;
  if (operator === 'IN' && (typeof value === 'number' || typeof value === 'boolean')) return undefined;
  return { operator, property: property ?? '', value, path };
}

function isLiteral(value: unknown): value is Literal {
  return value === null || isScalar(value);
}

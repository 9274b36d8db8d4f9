import assert from 'node:assert/strict';
import type { EvaluationContext, EvaluationDetails, FlagMetadata, FlagValue, JsonValue } from '@openfeature/server-sdk';

/** The content of `@sluice/core/golden/07-evaluations.json`. */
export interface GoldenEvaluations {
  readonly documents: Readonly<Record<string, object>>;
  readonly cases: readonly GoldenCase[];
}

export interface GoldenCase {
  readonly name: string;
  /** One of `documents`. */
  readonly document: string;
  readonly flag: string;
  readonly context: object;
  /** What is switched, apart from the document. */
  readonly states?: object;
  readonly expected: {
    /** Absent where the caller's default is served. */
    readonly value?: JsonValue;
    readonly variant?: string;
    readonly reason: string;
    readonly errorCode?: string;
    readonly metadata: FlagMetadata;
  };
}

/** A default of the flag's type that is not the value expected, so that whoever gets it knows it. */
export function defaultFor({ flag, expected }: GoldenCase, document: object): FlagValue {
  const value = expected.value ?? controlValue(document, flag);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value - 1;
  return typeof value === 'string' ? `not ${value}` : { theDefault: true };
}

function controlValue(document: object, key: string): JsonValue {
  const { flags = {} } = document as {
    flags?: Record<string, { variants?: Record<string, JsonValue>; control?: string }>;
  };
  const flag = Object.hasOwn(flags, key) ? flags[key] : undefined;
  return flag?.variants?.[flag.control ?? ''] ?? false;
}

export function assertExpected(
  details: EvaluationDetails<FlagValue>,
  { expected }: GoldenCase,
  value: FlagValue,
): void {
  assert.deepEqual(details.value, expected.value ?? value);
  assert.equal(details.variant, expected.variant);
  assert.equal(details.reason, expected.reason);
  assert.equal(details.errorCode, expected.errorCode);
  const names = new Set([...Object.keys(details.flagMetadata).filter(isExact), ...Object.keys(expected.metadata)]);
  for (const name of names) {
    const [found, wanted] = [details.flagMetadata[name], expected.metadata[name]];
    const near = typeof found === 'number' && typeof wanted === 'number' && Math.abs(found - wanted) < 1e-9;
    if (!near) assert.deepEqual({ [name]: found }, { [name]: wanted });
  }
}

/** These are absent where they are not listed; others may be there or not. */
function isExact(name: string): boolean {
  return name === 'switch' || name === 'retryAfterSeconds' || name.startsWith('experiment.');
}

/** JSON has no other shape for it; a context may hold what its type forbids, and so do some of the cases. */
export function contextOf(golden: GoldenCase): EvaluationContext {
  return golden.context as EvaluationContext;
}

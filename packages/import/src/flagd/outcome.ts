import type { JsonValue, Path, Rollout, SplitPart } from '@sluice/core';
import { allOf, type Decision } from '../condition-algebra.ts';
import type { Case, Cases, FailureTerm, FractionalTerm } from './cases.ts';
import { bucketingOf, rangesOf } from './constant-part.ts';
import type { FlagdNoting, Generation } from './flagd-report.ts';
import { printed } from './json-logic.ts';

/** What one flag gives to those whom a condition names. */
export type Outcome =
  | { readonly kind: 'variant'; readonly variant: string }
  | { readonly kind: 'rollout'; readonly rollout: Rollout }
  /** The application's own default. */
  | { readonly kind: 'nothing' };

export interface Decided {
  readonly when: Decision;
  readonly outcome: Outcome;
}

/** What results are read by. */
export interface Results {
  readonly generation: Generation;
  readonly flagKey: string;
  readonly path: Path;
  readonly variants: readonly string[];
  /** The variant that null stands for; `undefined`: the application's own default. */
  readonly defaultVariant: string | undefined;
  readonly noting: FlagdNoting;
}

const ALIKE =
  'and the application gets its own default; so it does here, for which control has to be null, and nothing can be compared with it';

export function decide(cases: Cases, results: Results): readonly Decided[] {
  return cases.flatMap((each) => decideCase(each, results));
}

function decideCase({ when, gives }: Case, results: Results): readonly Decided[] {
  switch (gives.kind) {
    case 'value':
      return [{ when, outcome: ofValue(gives.value, results) }];
    case 'attribute':
      return ofAttribute(when, gives.name, results);
    case 'fractional':
      return ofFractional(when, gives, results);
    case 'failure':
      results.noting.note('broken-targeting', results.path, `${brokenBy(gives, results.flagKey)}, ${ALIKE}`);
      return [{ when, outcome: { kind: 'nothing' } }];
    case 'lost': {
      const instead = results.defaultVariant === undefined ? "the application's own default" : results.defaultVariant;
      results.noting.note(
        gives.code,
        gives.path.length === 0 ? results.path : gives.path,
        `${gives.message}; whoever gets as far as this gets ${instead} instead`,
      );
      return [{ when, outcome: byDefault(results) }];
    }
    default:
      results.noting.note(
        'result',
        results.path,
        `${results.flagKey} is given a variant whose name is made up on the way`,
      );
      return [{ when, outcome: byDefault(results) }];
  }
}

function brokenBy({ unread }: FailureTerm, flagKey: string): string {
  if (unread === undefined)
    return `flagd compares in ${flagKey} what cannot be compared, and fails for whoever gets as far`;
  return `flagd cannot read the targeting of ${flagKey}, as ${unread}`;
}

function byDefault({ defaultVariant }: Results): Outcome {
  return defaultVariant === undefined ? { kind: 'nothing' } : { kind: 'variant', variant: defaultVariant };
}

/** flagd prints what it is given and looks for a variant of that name. */
function ofValue(value: JsonValue, results: Results): Outcome {
  const { noting, variants, flagKey, path } = results;
  if (value === null) {
    noting.carry('null');
    return byDefault(results);
  }
  const variant = printed(value);
  if (variants.includes(variant)) {
    noting.carry(
      typeof value === 'number'
        ? 'variant by number'
        : typeof value === 'boolean'
          ? 'variant by boolean'
          : 'variant by name',
    );
    return { kind: 'variant', variant };
  }
  noting.note(
    'unknown-variant',
    path,
    `${flagKey} has no variant ${JSON.stringify(variant)}: flagd fails for those who should get it, ${ALIKE}; name a variant that there is`,
  );
  return { kind: 'nothing' };
}

function ofAttribute(when: Decision, name: string, results: Results): readonly Decided[] {
  const { flagKey, path } = results;
  results.noting.carry('variant by attribute');
  results.noting.note(
    'unknown-variant',
    path,
    `${flagKey} gives the variant that ${name} names: flagd fails where there is none of that name, ${ALIKE}`,
  );
  const named = results.variants.map((variant): Decided => {
    return { when: allOf([when, { [name]: { asText: { is: variant } } }]), outcome: { kind: 'variant', variant } };
  });
  const missing: Decided = { when: allOf([when, { [name]: { exists: false } }]), outcome: byDefault(results) };
  return [...named, missing, { when, outcome: { kind: 'nothing' } }];
}

function ofFractional(when: Decision, term: FractionalTerm, results: Results): readonly Decided[] {
  const { generation, flagKey } = results;
  const outcomes = term.parts.map(({ value }) => ofValue(value, results));
  const bucketing = bucketingOf(generation);
  const place = {
    ...(term.salt === flagKey ? {} : { salt: term.salt }),
    ...(term.attribute === 'targetingKey' ? {} : { unit: term.attribute }),
  };
  if (outcomes.every((outcome) => outcome.kind === 'variant')) {
    const split = outcomes.map(
      ({ variant }, index): SplitPart => ({ variant, weight: term.parts[index]?.weight ?? 0 }),
    );
    return [{ when, outcome: { kind: 'rollout', rollout: { percentage: 100, split, ...place } } }];
  }
  // A part without a variant cannot be written in a split, so each outcome gets the places that are its own.
  const ranges = rangesOf(term.parts, generation);
  const distinct = new Map(outcomes.map((outcome) => [JSON.stringify(outcome), outcome]));
  const placed = [...distinct].map(([printed, outcome]): Decided => {
    const own = ranges.filter(([from, below], index) => from < below && JSON.stringify(outcomes[index]) === printed);
    return {
      when: own.length === 0 ? false : allOf([when, { bucket: { bucketing, ...place, salt: term.salt, ranges: own } }]),
      outcome,
    };
  });
  return [...placed.filter((each) => each.when !== false), { when, outcome: byDefault(results) }];
}

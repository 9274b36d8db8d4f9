import type { Condition, Flag, JsonValue, Path } from '@sluice/core';
import { always, type Cases, failure, lost } from './cases.ts';
import { bucketingOf } from './constant-part.ts';
import type { Conversion } from './conversion.ts';
import { convertExpression } from './convert-expression.ts';
import type { FlagdNoting, Generation } from './flagd-report.ts';
import type { Evaluators } from './json-logic.ts';
import { decide } from './outcome.ts';
import { fits } from './plain-condition.ts';
import type { FlagDefinition } from './read-flag.ts';
import { rulesOf } from './rules.ts';

/** With evaluators within evaluators, a few lines can stand for millions. */
const MAX_EXPRESSIONS = 10_000;

/** What all flags of one set of definitions share. */
export interface Surroundings {
  readonly generation: Generation;
  readonly noting: FlagdNoting;
  readonly evaluators: Evaluators;
  /** The condition as a segment of that name. */
  named(name: string, condition: Condition): Condition;
}

export function convertFlag(key: string, definition: FlagDefinition, path: Path, surroundings: Surroundings): Flag {
  const { generation, noting } = surroundings;
  const { enabled, variants, defaultVariant } = definition;
  noting.carry('flag');
  noting.carry(defaultVariant === undefined ? 'no default variant' : 'default variant');
  if (!enabled) noting.carry('disabled flag');
  const at = [...path, 'targeting'];
  const names = Object.keys(variants);
  const cases = convertTargeting(key, definition.targeting, at, surroundings);
  const decided = decide(cases, { generation, flagKey: key, path: at, variants: names, defaultVariant, noting });
  return {
    ...(enabled ? {} : { enabled: false }),
    variants,
    ...rulesOf(decided, defaultVariant, bucketingOf(generation), names[0] ?? ''),
  };
}

function convertTargeting(
  key: string,
  targeting: JsonValue | undefined,
  path: Path,
  { generation, noting, evaluators, named }: Surroundings,
): Cases {
  if (targeting === undefined) return [];
  let expressions = 0;
  let broken: string | undefined;
  let givenUp: Cases | undefined;
  const assumed = new Map<string, Set<string>>();
  const conversion: Conversion = {
    generation,
    flagKey: key,
    named,
    convert(node, place) {
      if (++expressions > MAX_EXPRESSIONS)
        return lost('size', place.path, `has more than ${MAX_EXPRESSIONS} expressions`);
      return convertExpression(node, place, conversion);
    },
    carry: (construct) => noting.carry(construct),
    assume(attribute, types) {
      assumed.set(attribute, (assumed.get(attribute) ?? new Set()).add(types));
    },
    caution: (code, at, message) => noting.note(code, at, `${key} ${message}`),
    giveUp(at, message) {
      givenUp ??= lost('operator', at, message);
      return givenUp;
    },
    breakTargeting(why) {
      broken ??= why;
      return always(failure);
    },
  };
  const cases = conversion.convert(targeting, { path, mode: 'compiled', depth: 0, question: false, evaluators });
  if (broken !== undefined) return always({ kind: 'failure', unread: broken });
  if (givenUp !== undefined) return givenUp;
  if (assumed.size > 0) noteTypes(key, assumed, path, noting);
  return cutLarge(cases, path);
}

/** Conditions that are too large for a document end the rules. */
function cutLarge(cases: Cases, path: Path): Cases {
  const large = cases.findIndex(({ when }) => typeof when === 'object' && !fits(when));
  return large === -1 ? cases : [...cases.slice(0, large), ...lost('size', path, 'has a condition that is too large')];
}

function noteTypes(
  key: string,
  assumed: ReadonlyMap<string, ReadonlySet<string>>,
  path: Path,
  noting: FlagdNoting,
): void {
  const attributes = [...assumed].map(([attribute, types]) => `${attribute} (${[...types].join('; ')})`);
  noting.note(
    'attribute-types',
    path,
    `${key} answers as flagd does where its attributes are of these types: ${attributes.join(', ')}. With others flagd fails, and ` +
      'the application gets its own default, or reads something into them; here they fail their tests. Send one type.',
  );
}

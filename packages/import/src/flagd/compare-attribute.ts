import type { Condition, JsonValue, Scalar, Tests } from '@sluice/core';
import { type Decision, noneOf } from '../condition-algebra.ts';
import { type Comparing, type Comparison, compareLiterals, primitive } from './compare-literals.ts';
import { oneOf } from './plain-condition.ts';

/** A comparison with a literal, told by what an attribute holds. */
export interface AttributeComparison {
  readonly holds: Decision;
  /** Types of an attribute of which it holds or does not; with any other flagd fails or compares the text of a list. */
  readonly types: string;
}

/** What comes out where flagd fails is nobody's business: `types` says so. */
type Outcome = boolean | undefined;

const mirrored: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '===': '===',
  '!=': '!=',
  '!==': '!==',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

const orders: Readonly<Record<'<' | '<=' | '>' | '>=', readonly [holds: keyof Tests, not: keyof Tests]>> = {
  '<': ['lt', 'gte'],
  '<=': ['lte', 'gt'],
  '>': ['gt', 'lte'],
  '>=': ['gte', 'lt'],
};

/** `undefined` where flagd fails whatever the attribute holds. */
export function compareAttribute(
  attribute: string,
  comparison: Comparison,
  literal: JsonValue,
  literalIsLeft: boolean,
  comparing: Comparing,
): AttributeComparison | undefined {
  const decide = (value: JsonValue): Outcome => {
    const [left, right] = literalIsLeft ? [literal, value] : [value, literal];
    const decided = compareLiterals(comparison, left, right, comparing);
    return decided === 'failure' ? undefined : decided;
  };
  const limit = Number(primitive(literal));
  const numbers = ofNumbers(decide, limit);
  const texts = ofTexts(decide, literal, limit);
  const others = { missing: decide(null), true: decide(true), false: decide(false) };
  const strict = comparison.length === 3 && comparison.endsWith('==');
  if ([numbers, texts.numeric, texts.other, ...Object.values(others)].every((each) => each === undefined))
    return undefined;
  const towards = literalIsLeft ? mirrored[comparison] : comparison;
  const parts = { attribute, towards, literal, limit, numbers, texts, others };
  // Both say the same; one of them has no need to tell apart text that is no number, and is the shorter for attributes
  // that are missing.
  const negative = texts.other === true || (texts.other === undefined && others.missing === true);
  return {
    holds: negative ? noneOf(alternatives(parts, false)) : alternatives(parts, true),
    types: strict ? '' : typesOf(numbers, texts, others),
  };
}

type OfNumbers = Outcome | 'compared';

interface OfTexts {
  /** `alphabetical`: as text with text, and then there is no difference between these two. */
  readonly numeric: OfNumbers | 'alphabetical';
  /** Text that is no number. */
  readonly other: Outcome;
}

interface Parts {
  readonly attribute: string;
  readonly towards: Comparison;
  readonly literal: JsonValue;
  readonly limit: number;
  readonly numbers: OfNumbers;
  readonly texts: OfTexts;
  readonly others: { readonly missing: Outcome; readonly true: Outcome; readonly false: Outcome };
}

function ofNumbers(decide: (value: JsonValue) => Outcome, limit: number): OfNumbers {
  if (!Number.isFinite(limit)) return decide(0);
  const [below, at, above] = [decide(limit - 1 - Math.abs(limit)), decide(limit), decide(limit + 1 + Math.abs(limit))];
  return below === at && at === above ? at : 'compared';
}

function ofTexts(decide: (value: JsonValue) => Outcome, literal: JsonValue, limit: number): OfTexts {
  if (typeof literal === 'string') return { numeric: 'alphabetical', other: undefined };
  const numeric = ofNumbers((value) => decide(String(value)), limit);
  return { numeric, other: decide('no number') };
}

/** The values of which it holds, or of which it does not, one alternative a type. */
function alternatives(parts: Parts, holds: boolean): Decision {
  const { attribute, literal, limit, numbers, texts, others, towards } = parts;
  const found: Condition[] = [];
  const add = (tests: Tests | Scalar): number => found.push({ [attribute]: tests });
  const negated = (towards === '!=' || towards === '!==') === holds;
  const test = (operand: number | string): { readonly is: boolean; readonly tests: Tests } => {
    if (towards.endsWith('==') || towards === '!=') {
      return negated ? { is: false, tests: { not: operand } } : { is: true, tests: { is: operand } };
    }
    const [positive, negative] = orders[towards as '<'];
    return { is: false, tests: { [holds ? positive : negative]: operand } };
  };
  const alike = numbers === 'compared' && texts.numeric === 'compared';
  if (alike) add({ asNumber: test(limit).tests });
  else {
    if (numbers === 'compared') {
      const { is, tests } = test(limit);
      add(is ? limit : negated ? { ...tests, type: 'number' } : tests);
    } else if (numbers === holds) add({ type: 'number' });
    if (texts.numeric === 'compared') add({ type: 'string', asNumber: test(limit).tests });
    else if (texts.numeric === 'alphabetical') {
      const { is, tests } = test(literal as string);
      add(is ? (literal as string) : negated ? { ...tests, type: 'string' } : tests);
    } else if (texts.numeric === holds) add({ type: 'string' });
  }
  if (others.missing === holds) add({ exists: false });
  if (others.true === holds && others.false === holds) add({ type: 'boolean' });
  else if (others.true === holds) add(true);
  else if (others.false === holds) add(false);
  return oneOf(found);
}

function typesOf(numbers: OfNumbers, texts: OfTexts, others: Parts['others']): string {
  const types: string[] = [];
  if (texts.numeric === 'alphabetical' || (texts.numeric !== undefined && texts.other !== undefined))
    types.push('text');
  else if (texts.numeric !== undefined) types.push('text that is a number');
  if (numbers !== undefined) types.push('a number');
  if (others.true !== undefined) types.push('true or false');
  if (others.missing !== undefined) types.push('missing');
  return types.join(', ');
}

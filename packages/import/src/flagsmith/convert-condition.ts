import { type Condition, compileDocument, evaluate, type Path } from '@sluice/core';
import { isAttributeName } from '../accepted.ts';
import type { Decision } from '../condition-algebra.ts';
import { type FlagsmithCondition, readCondition, type Surroundings } from './condition.ts';
import { convertOperator } from './convert-operator.ts';
import type { Construct, FlagsmithNoting } from './flagsmith-report.ts';
import { identityKeyTest } from './identity-key.ts';
import { percentageSplit } from './percentage-split.ts';
import { isReadAlike, subjectOf } from './subject.ts';

/** A condition of somebody with an identifier; `undefined`, with a note, where it cannot be carried. */
export function convertCondition(input: unknown, path: Path, surroundings: Surroundings): Decision | undefined {
  const { noting, environment } = surroundings;
  const condition = readCondition(input, path);
  if (condition === undefined) {
    return noting.note('condition-value', path, 'has an operator, property_ or value of a type that means nothing');
  }
  const { property } = condition;
  if (condition.operator === 'PERCENTAGE_SPLIT') return percentageSplit(condition, surroundings);
  if (property === '') return false;
  const subject = subjectOf(property, environment);
  switch (subject.kind) {
    case 'unknown path':
      return noting.note(
        'property-path',
        path,
        `${property} is a path that Sluice does not have; test a trait instead`,
      );
    case 'identity key':
      return identityKeyTest(condition, surroundings);
    case 'constant': {
      noting.carry(`property ${property}` as Construct);
      const test = convertOperator(condition, { name: 'value', text: true }, noting);
      return typeof test === 'object' ? isMetBy(test, { value: subject.value }) : test;
    }
    case 'identifier':
      noting.carry('property $.identity.identifier');
      return convertOperator(condition, { name: 'targetingKey', text: true }, noting);
    case 'trait':
      return traitTest(condition, subject.name, noting);
  }
}

function traitTest(condition: FlagsmithCondition, trait: string, noting: FlagsmithNoting): Decision | undefined {
  const { property, path } = condition;
  const attribute = { name: `traits.${trait}`, text: false };
  if (!isAttributeName(attribute.name)) {
    return noting.note('property-path', path, `${JSON.stringify(trait)} is a name that no attribute can have`);
  }
  noting.carry(property.startsWith('$.') ? 'property $.identity.traits' : 'property trait');
  if (!isReadAlike(trait)) {
    noting.note(
      'trait-name',
      path,
      trait.includes('.')
        ? `the trait ${trait} has a dot in its name, which here is a step into an object; hand it in as an attribute of its own, "traits.${trait}"`
        : `to the SDK everybody has a trait ${trait}, because every object in JavaScript has; here only who really has one`,
    );
  }
  return convertOperator(condition, attribute, noting);
}

/** Decides a condition about an attribute that is the same for everybody. */
function isMetBy(when: Condition, context: Readonly<Record<string, unknown>>): boolean {
  const flags = compileDocument({ sluice: 1, flags: { it: { rules: [{ when, serve: 'on' }] } } });
  return evaluate(flags, 'it', context).value === true;
}

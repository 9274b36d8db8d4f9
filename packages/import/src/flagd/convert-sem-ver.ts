import type { Condition } from '@sluice/core';
import { anyOf } from '../condition-algebra.ts';
import { isList } from '../plain-json.ts';
import { always, bind, type Cases, choose, constant, failure, lost, type Term } from './cases.ts';
import { type Conversion, type ConvertOperator, type Place, within } from './conversion.ts';
import type { Construct } from './flagd-report.ts';
import { printed } from './json-logic.ts';
import { readVersion, versionRange } from './version.ts';

/** Whether a version stands in a relation to another. What is no version gives null, and before flagd-core 3.0.0 false. */
export const convertSemVer: ConvertOperator = (operand, place, conversion) => {
  const wrong = constant(conversion.generation === 2 ? null : false);
  if (!isList(operand)) return lost('operand', place.path, 'sem_ver is not given a list');
  if (operand.length !== 3) return wrong;
  const [left, relation, right] = operand.map((node, index) =>
    conversion.convert(node, within(place, 'sem_ver', index)),
  );
  return bind(left as Cases, (first) =>
    bind(relation as Cases, (second) =>
      bind(right as Cases, (third) => relate(first, second, third, wrong, place, conversion)),
    ),
  );
};

function relate(left: Term, relation: Term, right: Term, wrong: Cases, place: Place, conversion: Conversion): Cases {
  if (relation.kind !== 'value' || right.kind !== 'value') {
    return lost('operand', place.path, 'sem_ver is not given a literal relation and a literal version');
  }
  const { generation } = conversion;
  const version = versionOf(right, generation);
  const range = version && versionRange(printed(relation.value), version);
  if (version === undefined || range === undefined) return left.kind === 'failure' ? always(failure) : wrong;
  if (left.kind !== 'attribute') {
    return lost('operand', place.path, 'sem_ver is not given an attribute whose version it asks');
  }
  const { name } = left;
  conversion.carry(`sem_ver ${relation.value}` as Construct);
  if (generation === 1) {
    return choose({ [name]: { semver: range } }, constant(true), constant(false));
  }
  conversion.caution(
    'version-text',
    place.path,
    `flagd passes over a capital V, and over a v before a version of one or two numbers; here such a text is no version: ` +
      `write the versions in ${name} without it`,
  );
  const holds = anyOf(lenient(name, range));
  const isVersion = anyOf(lenient(name, '>=0.0.0-0'));
  return choose(holds, constant(true), choose(isVersion, constant(false), wrong));
}

function versionOf(term: Extract<Term, { kind: 'value' }>, generation: 1 | 2): ReturnType<typeof readVersion> {
  const { value } = term;
  if (generation === 1 && typeof value !== 'string') return undefined;
  return readVersion(printed(value), generation);
}

/** A whole version, or one of one or two numbers; a number counts as its text. */
function lenient(name: string, range: string): readonly Condition[] {
  return [
    { [name]: { asText: { semver: range } } },
    { [name]: { asText: { matches: '^\\d+(\\.\\d+)?$', asVersion: { semver: range } } } },
  ];
}

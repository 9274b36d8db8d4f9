import type { JsonValue, Path } from '@sluice/core';
import { type Decision, noneOf } from '../condition-algebra.ts';
import { isList, isRecord } from '../plain-json.ts';
import { attributeName } from './attribute-name.ts';
import { member } from './json-shapes.ts';
import { among, groupValues } from './operators.ts';
import { decide } from './passing.ts';
import { lose, MAX_DEPTH, type Reading } from './reading.ts';
import { usableName } from './usable-name.ts';

/** How a condition is read; the reader of conditions hands itself in, because groups hold conditions and are held by them. */
type ReadCondition = (condition: JsonValue, reading: Reading, path: Path) => Decision;

/**
 * `$inGroup` and `$notInGroup`: the attribute is among the group's values.
 * @param name what a condition calls the attribute; `undefined` where it is never there, or lost
 */
export function inGroup(
  operator: '$inGroup' | '$notInGroup',
  attribute: string,
  name: string | undefined,
  id: JsonValue,
  reading: Reading,
  path: Path,
): Decision {
  reading.notes.carry(operator);
  const values = groupValues(reading, id);
  if (values === undefined) return false;
  const found = listSegment(String(id), attribute, name, values, reading, path);
  return operator === '$inGroup' ? found : noneOf(found);
}

/** `$savedGroup`: a list of an attribute's values, or a condition of its own. Anything else matches nobody. */
export function savedGroup(reference: JsonValue, reading: Reading, path: Path, read: ReadCondition): Decision {
  reading.notes.carry('$savedGroup');
  if (!isRecord(reference)) return false;
  const id = member(reference, 'id');
  const override = member(reference, 'attributeKey');
  if (typeof id !== 'string' || (override !== undefined && typeof override !== 'string')) return false;
  const group = member(reading.savedGroups, id);
  if (!isRecord(group)) return false;
  const type = member(group, 'type');
  if (type === 'list') {
    const attribute = override ?? member(group, 'attributeKey');
    const values = member(group, 'values');
    if (typeof attribute !== 'string' || !isList(values)) return false;
    return listSegment(id, attribute, attributeName(attribute, reading, path), values, reading, path);
  }
  const condition = member(group, 'condition');
  if (type !== 'condition' || typeof condition !== 'object' || condition === null) return false;
  return segment(id, JSON.stringify(['condition', id]), reading, path, (inner) => {
    reading.notes.carry('saved group condition');
    return read(condition, inner, ['savedGroups', id, 'condition']);
  });
}

function listSegment(
  id: string,
  attribute: string,
  name: string | undefined,
  values: readonly JsonValue[],
  reading: Reading,
  path: Path,
): Decision {
  const group = member(reading.savedGroups, id);
  const own = isRecord(group) && member(group, 'attributeKey') === attribute;
  const wanted = own ? id : `${id}.${attribute}`;
  return segment(wanted, JSON.stringify(['list', id, attribute]), reading, path, (inner) => {
    reading.notes.carry('saved group list');
    return decide(name, among(values, inner, ['savedGroups', id]));
  });
}

/** A group is read once, and named where it is used. */
function segment(
  wanted: string,
  signature: string,
  reading: Reading,
  path: Path,
  make: (inner: Reading) => Decision,
): Decision {
  const { read, names } = reading.segments;
  if (!read.has(signature)) {
    if ([...read.values()].filter((each) => each === undefined).length >= MAX_DEPTH) {
      return lose(reading, 'nested-too-deep', path, 'names a saved group within too many others; write it out');
    }
    read.set(signature, undefined);
    const inner = { ...reading, consequence: 'rules that name this group are left out', lost: false };
    const decision = make(inner);
    read.set(signature, {
      name: usableName(wanted, 'group', names),
      segment: { decision, lost: inner.lost },
    });
  }
  const known = read.get(signature);
  if (known === undefined) {
    return lose(
      reading,
      'saved-group-cycle',
      path,
      'names a saved group that holds itself; take it out of one of them',
    );
  }
  if (known.segment.lost) {
    return lose(reading, 'reference-lost', path, `names ${known.name}, a saved group that could not be carried`);
  }
  const { decision } = known.segment;
  return typeof decision === 'boolean' ? decision : { inSegment: known.name };
}

import type { Path } from '@sluice/core';
import { isName } from '../accepted.ts';
import { isConditionWord, isInherited } from '../reserved-names.ts';
import { noteDottedName } from './equality.ts';
import { lose, type Reading } from './reading.ts';

/** What a condition calls an attribute; `undefined` where it is never there, or cannot be named, which is lost. */
export function attributeName(attribute: string, reading: Reading, path: Path): string | undefined {
  const name = reading.nameOf(attribute);
  if (name === undefined) return undefined;
  if (!isReadable(name) || isConditionWord(name)) {
    lose(reading, 'attribute-name', path, `tests ${JSON.stringify(name)}, which a document cannot name; rename it`);
    return undefined;
  }
  if (name.includes('.')) {
    reading.notes.carry('nested attribute');
    noteDottedName(name, reading, path);
  }
  return name;
}

/** What every object has is there in every context, also below an attribute. */
function isReadable(name: string): boolean {
  return isName(name) && !name.split('.').some(isInherited);
}

/** What is hashed: an attribute by its whole name. `undefined`: `targetingKey`, or lost. */
export function unitName(attribute: string, reading: Reading, path: Path): string | undefined {
  if (attribute === 'id') return undefined;
  if (!isReadable(attribute)) {
    lose(
      reading,
      'attribute-name',
      path,
      `hashes ${JSON.stringify(attribute)}, which a document cannot name; rename it`,
    );
  } else if (attribute.includes('.')) {
    reading.notes.note(
      'dotted-name',
      path,
      `hashes the attribute whose own name is ${attribute}; a context that has it only as a nested one is hashed by that, and by nothing in GrowthBook; rename it`,
    );
  }
  return attribute;
}

/** `id` is the unit, which OpenFeature calls `targetingKey`; it is no object, so nothing is within it. */
export function nameInContext(attribute: string): string | undefined {
  if (attribute === 'id') return 'targetingKey';
  return attribute.startsWith('id.') ? undefined : attribute;
}

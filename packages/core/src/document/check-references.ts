import { isObject } from '../json.ts';
import { type Chains, checkChains } from './check-chains.ts';
import { checkFlag } from './check-flag.ts';
import { checkCondition, type Names } from './check-names.ts';
import { checkLayers } from './check-targeting.ts';
import type { Condition } from './condition.ts';
import type { Document } from './document.ts';
import { parentsOf } from './parents.ts';
import type { Review } from './review.ts';
import { segmentsIn } from './segments.ts';

/**
 * Checks what only the whole document can tell: that every name exists, that types agree, that nothing holds itself. Of a
 * document that was refused already it checks what is sound, so that an author sees all problems at once.
 */
export function checkReferences(document: Document, review: Review): void {
  const flags = membersOf(document, 'flags');
  const segments = membersOf(document, 'segments');
  const names: Names = {
    switches: Object.keys(membersOf(document, 'switches')),
    segments: Object.keys(segments),
    flags,
    layers: membersOf(document, 'layers'),
    holdouts: membersOf(document, 'holdouts'),
  };
  const conditions = new Map<string, Condition>();
  for (const [name, segment] of Object.entries(segments)) {
    const { when } = review.sound(segment, ['segments', name]);
    if (when === undefined) continue;
    conditions.set(name, when);
    checkCondition(when, ['segments', name, 'when'], names, review);
  }
  checkChains(chainsOfSegments(conditions), review);
  for (const [key, flag] of Object.entries(flags)) {
    if (names.switches.includes(key)) {
      review.refuseReference(['flags', key], 'has the name of a switch; both resolve by name, so rename one');
    }
    if (isObject(flag)) checkFlag(flag, ['flags', key], names, review);
  }
  checkChains(chainsOfFlags(flags), review);
  checkLayers(flags, review);
}

const chainsOfSegments = (conditions: ReadonlyMap<string, Condition>): Chains => ({
  member: 'segments',
  names: conditions.keys(),
  next: (name) => [...segmentsIn(conditions.get(name) ?? {})].map(([each]) => each),
  circle: 'holds itself',
  tooMany: (many) => `names segments more than ${many}; write some of them out`,
});

const chainsOfFlags = (flags: NonNullable<Document['flags']>): Chains => ({
  member: 'flags',
  names: Object.keys(flags),
  next: (key) => parentsOf(flags[key]),
  circle: 'is a prerequisite of itself',
  tooMany: (many) => `has prerequisites more than ${many}; shorten the chain`,
});

function membersOf<Key extends 'flags' | 'segments' | 'switches' | 'layers' | 'holdouts'>(
  document: Document,
  key: Key,
): NonNullable<Document[Key]> {
  const members = isObject(document) ? document[key] : undefined;
  return isObject(members) ? members : {};
}

import type { Decision } from '../condition-algebra.ts';
import type { FlagsmithCondition, Surroundings } from './condition.ts';
import { subjectOf } from './subject.ts';

/** Places as the algorithm counts them: `LAST` of them from 0 to below 100. */
const LAST = 9998;
const place = (index: number): number => (index / LAST) * 100;

/**
 * Here the SDK reads even traits as a path, so that a name that is no path is nothing, and a path is only sure to mean the
 * trait where its name is a word.
 */
const TRAIT_PATH = /^\$\.identity\.traits(\.[A-Za-z_]\w*|\['[A-Za-z_]\w*'\])$/;

/** A share of the identities, or of the values of a trait; `undefined`, with a note, where it cannot be carried. */
export function percentageSplit(
  { property, value, path }: FlagsmithCondition,
  { environment, segmentKey, noting }: Surroundings,
): Decision | undefined {
  const limit = Number.parseFloat(String(value));
  const subject = property === '' ? { kind: 'identity key' as const } : subjectOf(property, environment);
  if (property !== '' && !property.startsWith('$.')) {
    noting.note(
      'split-by-plain-trait',
      path,
      `the Node SDK 8 splits by no plain trait, so this holds for nobody; other SDKs and the API split by ${property}; write $.identity.traits.${property}`,
    );
    noting.carry('operator PERCENTAGE_SPLIT');
    return false;
  }
  if (subject.kind === 'identity key') {
    if (property !== '') noting.carry('property $.identity.key');
    return share(undefined, `${segmentKey},${environment.apiKey}_`);
  }
  if (subject.kind === 'identifier') {
    noting.carry('property $.identity.identifier');
    return share(undefined, `${segmentKey},`);
  }
  if (subject.kind === 'trait' && TRAIT_PATH.test(property)) {
    noting.carry('property $.identity.traits');
    return share(`traits.${subject.name}`, `${segmentKey},`);
  }
  return noting.note(
    'property-path',
    path,
    `units are not split by ${property} here; split by a trait whose name is a word`,
  );

  function share(unit: string | undefined, salt: string): Decision {
    noting.carry('operator PERCENTAGE_SPLIT');
    const below = firstAbove(limit);
    if (below === 0) return false;
    return { bucket: { bucketing: 'flagsmith-2', ...(unit !== undefined && { unit }), salt, ranges: [[0, below]] } };
  }
}

/** The limit itself is still in, so the range ends at the next place. */
function firstAbove(limit: number): number {
  if (!(limit >= 0)) return 0;
  if (limit >= 100) return 100;
  let index = Math.ceil((limit / 100) * LAST);
  while (index > 0 && place(index - 1) > limit) index--;
  while (place(index) <= limit) index++;
  return place(index);
}

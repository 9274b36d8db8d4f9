import type { Path } from '@sluice/core';
import type { Decision } from '../condition-algebra.ts';
import { locate, parseReference } from './attribute-reference.ts';
import type { Conversion } from './conversion.ts';

/** What LaunchDarkly hashes of those contexts that no earlier one is about. */
export interface BucketedUnit {
  readonly when: Decision;
  /** Absent where a context has nothing to hash, and so is at place 0. */
  readonly unit?: string;
}

/**
 * In order, the last for all contexts that are left. `error` where LaunchDarkly refuses the attribute; `undefined` where the
 * report says why it is lost.
 * @param bucketBy empty where it is the key
 */
export function bucketedUnits(
  bucketBy: string,
  contextKind: string | undefined,
  path: Path,
  { kinds, notes, everywhere }: Conversion,
): readonly BucketedUnit[] | 'error' | undefined {
  const steps = parseReference(bucketBy === '' ? 'key' : bucketBy, bucketBy !== '' && !contextKind);
  if (steps === undefined) return 'error';
  const forms = kinds.forms(contextKind);
  if (forms === undefined) {
    notes.note('kind-name', path, 'is of a kind with a dot, which a document reads as a path; name the kind without');
    return undefined;
  }
  const units: BucketedUnit[] = [];
  for (const form of forms) {
    const location = locate(steps, form.nested);
    if (location.is === 'unnameable') {
      notes.note('attribute-name', path, `buckets by an attribute that ${location.why}`);
      return undefined;
    }
    if (location.is !== 'attribute') continue;
    units.unshift({ when: form.when, unit: form.prefix + location.path });
  }
  if (bucketBy !== '' && bucketBy !== 'key') everywhere.add('date-objects');
  if (steps[0] === 'name') {
    notes.note(
      'bucket-by-name',
      path,
      'buckets by the name: contexts whose name is a number differ, which LaunchDarkly drops; make it text',
    );
  }
  if (steps.length > 1) {
    notes.note(
      'nested-attribute',
      path,
      `buckets by the path ${steps.join('.')}: contexts differ that have an attribute of this whole name, or a list on the way`,
    );
  } else if (steps[0]?.includes('.')) {
    notes.note('dotted-name', path, 'buckets by a name with a dot: contexts without it differ that have such a path');
  }
  return units.at(-1)?.when === true ? units : [...units, { when: true }];
}

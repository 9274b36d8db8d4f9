import type { JsonValue } from '@sluice/core';
import { both, either } from './logic.ts';
import { readVersion } from './version.ts';

const COMPARATOR = /^(<=|>=|<|>|=)?(.+)$/;

/** A range of whole versions as `sem_ver`; `undefined` for one with parts left out, or with ^, ~ or -. */
export function exportRange(range: string, logic: JsonValue): JsonValue | undefined {
  const alternatives = range.split('||').map((each) => each.trim().split(/\s+/));
  const exported = alternatives.map((comparators) => comparators.map((each) => exportComparator(each, logic)));
  if (exported.flat().includes(undefined)) return undefined;
  return either(exported.map((comparators) => both(comparators as readonly JsonValue[])));
}

function exportComparator(comparator: string, logic: JsonValue): JsonValue | undefined {
  const [, relation = '=', text = ''] = COMPARATOR.exec(comparator) ?? [];
  const version = readVersion(text, 1);
  return version && { sem_ver: [logic, relation, version.text] };
}

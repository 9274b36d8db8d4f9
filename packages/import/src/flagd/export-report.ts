import type { Path } from '@sluice/core';
import type { Noting } from '../noting.ts';

/** What is carried to flagd. */
const exportConstructs = [
  'flag',
  'disabled flag',
  'segment',
  'target',
  'rule',
  'rollout with its buckets',
  'rollout with new buckets',
  'rollout to everybody',
] as const;

/** What is noted of a document that becomes flagd's definitions. */
export const exportCodes = {
  'new-buckets': 'caveat',
  'attribute-types': 'caveat',
  'dotted-attribute': 'caveat',
  'version-text': 'caveat',
  'time-in-seconds': 'caveat',
  switches: 'caveat',
  'list-variant': 'lost',
  bucketing: 'lost',
  condition: 'lost',
  prerequisites: 'lost',
  'layer-or-holdout': 'lost',
  sticky: 'lost',
  'when-disabled': 'lost',
  'not-about-answers': 'lost',
  document: 'lost',
  size: 'lost',
} as const;

export type ExportConstruct = (typeof exportConstructs)[number];
export type ExportCode = keyof typeof exportCodes;
export type ExportNoting = Noting<ExportConstruct, ExportCode>;

/** What cannot be said in flagd's definitions, and where it is written. */
interface Unsaid {
  readonly path: Path;
  readonly what: string;
}

/** Gathered while one flag's conditions become expressions. */
export interface ConditionNotes {
  /** Anything in it makes the whole condition unsayable. */
  readonly unsaid: Unsaid[];
  /** Types that attributes have to have, or else flagd fails or coerces. */
  readonly types: Map<string, Set<string>>;
  readonly dotted: Set<string>;
  readonly versions: Set<string>;
  readonly times: Path[];
}

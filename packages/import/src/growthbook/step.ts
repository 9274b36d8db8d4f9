import type { JsonObject, Rollout } from '@sluice/core';
import type { Decision } from '../condition-algebra.ts';
import { nameInContext } from './attribute-name.ts';
import type { GrowthbookNoting } from './growthbook-report.ts';
import type { Reading, Segments } from './reading.ts';
import type { Variants } from './variants.ts';

/** What one of GrowthBook's rules does; units that it does not serve go on to the next. */
export interface Step {
  readonly when: Decision;
  /** `null`: the caller's default. */
  readonly serve?: string | null;
  readonly rollout?: Rollout;
}

/** What the rules of one feature are read with. */
export interface FeatureReading {
  readonly key: string;
  readonly variants: Variants;
  readonly notes: GrowthbookNoting;
  readonly segments: Segments;
  readonly savedGroups: JsonObject;
  readonly contextualBandits: JsonObject;
}

const consequence = 'this rule is left out, and whom it would serve go on to the next';

export function readingOf({ notes, segments, savedGroups }: FeatureReading): Reading {
  return { notes, segments, savedGroups, nameOf: nameInContext, consequence, lost: false };
}

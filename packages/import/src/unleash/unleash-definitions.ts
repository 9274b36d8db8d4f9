import type { Path } from '@sluice/core';
import { type Placed, placed } from '../placed.ts';
import { isRecord } from '../plain-json.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** What both of Unleash's formats say, with all below it unread. */
export interface Definitions {
  readonly features: readonly Feature[];
  /** By id. */
  readonly segments: ReadonlyMap<unknown, Segment>;
}

export interface Feature {
  readonly name: string;
  readonly path: Path;
  readonly description: string | undefined;
  readonly enabled: boolean;
  readonly impressionData: boolean;
  readonly strategies: readonly Placed[];
  readonly variants: readonly Placed[];
  readonly dependencies: readonly Placed[];
}

export interface Segment {
  readonly name: unknown;
  readonly path: Path;
  /** Absent where the input only names the segment. */
  readonly constraints: readonly Placed[] | undefined;
}

/** What both formats write in the same way. */
export function featureOf(
  feature: Readonly<Record<string, unknown>>,
  name: string,
  path: Path,
): Pick<Feature, 'name' | 'path' | 'description' | 'impressionData'> {
  const description = feature['description'];
  return {
    name,
    path,
    description: typeof description === 'string' && description !== '' ? description : undefined,
    impressionData: feature['impressionData'] === true,
  };
}

/** @param constraints of a segment that has none written */
export function segmentsOf(
  input: Readonly<Record<string, unknown>>,
  constraints: readonly Placed[] | undefined,
): ReadonlyMap<unknown, Segment> {
  const segments = new Map<unknown, Segment>();
  for (const { value, path } of placed(input['segments'], ['segments'])) {
    if (!isRecord(value)) continue;
    const written = value['constraints'];
    const list = Array.isArray(written) ? placed(written, [...path, 'constraints']) : constraints;
    segments.set(value['id'], { name: value['name'], path, constraints: list });
  }
  return segments;
}

/** Of two features of one name the SDK knows the later. */
export function lastOfEach(features: readonly Feature[], noting: UnleashNoting): readonly Feature[] {
  const byName = new Map<string, Feature>();
  for (const feature of features) {
    const earlier = byName.get(feature.name);
    if (earlier !== undefined) {
      noting.note(
        'feature-replaced',
        earlier.path,
        `${quote(feature.name)} is defined again below, and that one counts`,
      );
    }
    byName.set(feature.name, feature);
  }
  return features.filter((feature) => byName.get(feature.name) === feature);
}

/** Text from the input, as a message can carry it. */
export function quote(text: unknown): string {
  const printed = typeof text === 'string' ? JSON.stringify(text) : String(typeof text === 'object' ? 'it' : text);
  return printed.length > 80 ? `${printed.slice(0, 77)}…` : printed;
}

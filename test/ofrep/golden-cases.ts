import { readFileSync } from 'node:fs';
import type { Document, SwitchState } from '@sluice/core';

/** One flag, one context, and what is switched: the golden vectors' evaluations, to be asked here of two places. */
export interface GoldenCase {
  readonly name: string;
  readonly document: Document;
  readonly flag: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly states: GoldenStates;
}

export interface GoldenStates {
  readonly switches: Readonly<Record<string, SwitchState>>;
  readonly flags: Readonly<Record<string, SwitchState>>;
}

interface GoldenFile {
  readonly documents: Readonly<Record<string, Document>>;
  readonly cases: readonly (Omit<GoldenCase, 'document' | 'states'> & {
    readonly document: string;
    readonly states?: GoldenStates;
  })[];
}

const nothingSwitched: GoldenStates = { switches: {}, flags: {} };

export const goldenCases: readonly GoldenCase[] = ['07-evaluations', '18-kills-and-expiry'].flatMap((file) => {
  const url = new URL(`../../packages/core/golden/${file}.json`, import.meta.url);
  const { documents, cases } = JSON.parse(readFileSync(url, 'utf8')) as GoldenFile;
  return cases.map((each) => ({
    ...each,
    name: `${file}: ${each.name}`,
    document: documents[each.document] as Document,
    states: each.states ?? nothingSwitched,
  }));
});

/** Cases that one server answers: the same document, the same switched. */
export function byPlace(cases: readonly GoldenCase[]): readonly (readonly [GoldenCase, ...GoldenCase[]])[] {
  const places = new Map<string, [GoldenCase, ...GoldenCase[]]>();
  for (const each of cases) {
    const place = JSON.stringify([each.document, each.states]);
    const known = places.get(place);
    if (known === undefined) places.set(place, [each]);
    else known.push(each);
  }
  return [...places.values()];
}

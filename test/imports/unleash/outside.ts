import type { Context } from '@sluice/core';
import type { ImportNote, ImportReport } from '@sluice/import';
import type { Outside } from '../differential.ts';
import type { Definitions } from './definitions.ts';

type About = (context: Context, note: ImportNote, noted: unknown) => boolean;

const everybody: About = () => true;

const textual = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** Of the default stickiness of variants, which only takes text. */
const withoutText: About = ({ targetingKey, sessionId, remoteAddress }) =>
  ![targetingKey, sessionId, remoteAddress].some(textual);

/** Where in the note's path a list of variants is chosen from, it is by another default than a strategy enters by. */
const withoutUnit: About = (context, note, noted) => {
  const name = note.path.includes('variants') ? noted : 'default';
  if (name === 'default') {
    return note.path.includes('variants')
      ? withoutText(context, note, noted)
      : !context['targetingKey'] && !context['sessionId'];
  }
  const value = context[name === 'userId' ? 'targetingKey' : String(name)];
  return value === undefined || value === null || String(value) === '';
};

const RFC_3339 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/;

/** Whom each note says to get other answers; a note that is not here is about nobody. */
const abouts: Readonly<Record<string, About>> = {
  'random-stickiness': everybody,
  'missing-unit': withoutUnit,
  'numeric-id': withoutText,
  'falsy-id': ({ targetingKey, sessionId }) =>
    [0, false].includes(targetingKey as 0) || [0, false].includes(sessionId as 0),
  'dotted-name': (context) => Object.values(context).some((value) => typeof value === 'object' && value !== null),
  'current-time': ({ currentTime: time }) =>
    !(
      time === undefined ||
      time === null ||
      time === '' ||
      time instanceof Date ||
      Number.isInteger(time) ||
      RFC_3339.test(String(time))
    ),
  'local-date': () => new Date(2024, 4, 5).getTimezoneOffset() !== 0,
  'address-form': hasText((text) => /[/%]/.test(text)),
  'mapped-address': hasText((text) => /^[0:]*:ffff:/i.test(text)),
  malformed: everybody,
  'custom-strategy': everybody,
  'application-hostname': everybody,
  'context-name': everybody,
  'constraint-value': everybody,
  'segment-not-exported': everybody,
};

/** @param definitions the definitions by whose dependencies a parent's caveats are its children's */
export function outsideOf(input: unknown, definitions: Definitions, report: ImportReport): Outside {
  const byFeature = new Map<string, ((context: Context) => boolean)[]>();
  const users = usersOf(definitions);
  for (const note of report.notes) {
    const about = abouts[note.code];
    if (about === undefined) continue;
    const { features, noted } = follow(input, note.path);
    for (const feature of features.flatMap((name) => users(name))) {
      byFeature.set(feature, [...(byFeature.get(feature) ?? []), (context) => about(context, note, noted)]);
    }
  }
  const names = new Set(definitions.features.map(({ name }) => name));
  return (key, context) => {
    const feature = names.has(key) ? key : key.replace(/\.enabled$/, '');
    return byFeature.get(feature)?.some((about) => about(context)) === true;
  };
}

/** Features, or segments by their ids, that stand on a note's path, and what stands at its end. */
function follow(
  input: unknown,
  path: ImportNote['path'],
): { readonly features: (string | number)[]; readonly noted: unknown } {
  const features: (string | number)[] = [];
  let at = input;
  for (const [index, step] of path.entries()) {
    const parent: unknown = at;
    at = typeof parent === 'object' && parent !== null ? (parent as Record<string | number, unknown>)[step] : undefined;
    if (index !== 1 || typeof at !== 'object' || at === null) continue;
    const { name, featureName, id, feature } = at as Record<string, string | number | undefined>;
    const found = path[0] === 'segments' ? id : (featureName ?? feature ?? name);
    if (found !== undefined) features.push(found);
  }
  return { features, noted: at ?? 'default' };
}

/** Who depends on a feature, itself included, or uses a segment. */
function usersOf({ features }: Definitions): (name: string | number) => string[] {
  return (name) => {
    const direct = features.filter(
      (feature) =>
        feature.name === name || feature.strategies.some(({ segments }) => segments?.includes(name as number)),
    );
    const names = new Set(direct.map((feature) => feature.name));
    for (const child of features) {
      if (child.dependencies?.some(({ feature }) => names.has(feature))) names.add(child.name);
    }
    return [...names];
  };
}

function hasText(passes: (text: string) => boolean): About {
  return (context) => Object.values(context).some((value) => typeof value === 'string' && passes(value));
}

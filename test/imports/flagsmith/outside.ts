import type { Context, Path } from '@sluice/core';
import type { ImportReport } from '@sluice/import';
import type { Outside } from '../differential.ts';
import type { EnvironmentDocument } from './environment-document.ts';

/** Whether a value is one that the note names. */
type Names = (value: unknown) => boolean;

/** Of a note about values, which. A note that is in neither list is about nobody who asks the SDK offline. */
const aboutValues: Readonly<Record<string, Names>> = {
  'list-or-object-trait': (value) => typeof value === 'object' && value !== null,
  'modulo-of-text': (value) => typeof value === 'string' && !Object.is(Number(value), Number.parseFloat(value)),
  'regular-expression': (value) => typeof value === 'string' && /[\ud800-\udfff]|[^\S \t\n\f]/.test(value),
};

/** Notes after which the features that they are about are not what they were. */
const aboutFeatures: readonly string[] = [
  ...[
    'feature-state',
    'multivariate-weights',
    'segment',
    'condition-value',
    'property-path',
    'regular-expression-dialect',
  ],
  ...['deep-rules', 'random-state-key', 'random-option-order', 'trait-name'],
];

/** @param forSdk of which features a key can be about */
export function outsideOf(input: unknown, forSdk: EnvironmentDocument, report: ImportReport): Outside {
  if (report.notes.some(({ code }) => code === 'feature-without-id')) return () => true;
  const lost = new Set<string>();
  const values: { features: readonly string[] | undefined; names: (context: Context) => boolean }[] = [];
  for (const { code, path } of report.notes) {
    const place = placeOf(input, path);
    if (aboutFeatures.includes(code)) for (const feature of place.features ?? []) lost.add(feature);
    const names = aboutValues[code];
    if (names === undefined) continue;
    values.push({ features: place.features, names: (context) => valuesIn(context, place.property).some(names) });
  }
  const declared = new Set(forSdk.feature_states.map(({ feature }) => feature.name));
  return (key, context) => {
    const feature = declared.has(key) ? key : key.replace(/\.enabled$/, '');
    return (
      lost.has(feature) ||
      values.some(({ features, names }) => (features === undefined || features.includes(feature)) && names(context))
    );
  };
}

/** Those that a condition about the property tests; without one, all. */
function valuesIn({ targetingKey, traits }: Context, property: string | undefined): readonly unknown[] {
  const known = typeof traits === 'object' && traits !== null ? (traits as Readonly<Record<string, unknown>>) : {};
  if (property === undefined) return Object.values(known);
  if (property === '$.identity.identifier') return [targetingKey];
  return [known[property.replace(/^\$\.identity\.traits(\.|\[')/, '').replace(/'\]$/, '')]];
}

interface Place {
  /** Whose answers it decides; `undefined`: all features. */
  readonly features?: readonly string[];
  /** Of a condition. */
  readonly property?: string;
}

type Node = Readonly<Record<string | number, unknown>>;

function placeOf(input: unknown, path: Path): Place {
  let at = input as Node;
  let features: readonly string[] | undefined;
  for (const [index, step] of path.entries()) {
    at = at[step] as Node;
    if (typeof at !== 'object' || at === null) break;
    if (path[index - 1] === 'segments') features = namesOf(at['feature_states']);
    if (at['feature'] !== undefined) features = namesOf([at]);
  }
  const property = at?.['property_'];
  return { ...(features && { features }), ...(typeof property === 'string' && { property }) };
}

function namesOf(states: unknown): readonly string[] {
  return Array.isArray(states) ? states.map((state: { feature: { name: string } }) => state.feature.name) : [];
}

import type { EnvironmentDocument, RuleDocument, SegmentDocument, StateDocument } from './environment-document.ts';

/** One thing in a document that the importer has to report, and who is told by it to expect other answers. */
export interface Spoiling {
  readonly input: unknown;
  /** What the SDK reads: the same, or the document without what it fails to load. */
  readonly forSdk: EnvironmentDocument;
}

type Spoil = (document: EnvironmentDocument) => unknown;

/** Of a copy of its own each; what it returns is what the SDK has to be spared. */
const spoils: readonly Spoil[] = [
  // Nothing, and the pages that a large document is split into.
  () => undefined,
  () => undefined,
  (document) => ({
    ...document,
    feature_states: [...document.feature_states, { ...firstState(document), enabled: 'yes' }],
  }),
  (document) => ({
    ...document,
    project: { ...document.project, segments: [...segments(document), { name: 'no id' }] },
  }),
  (document) => ({ ...document, identity_overrides: [...document.identity_overrides, { identity_features: [] }] }),
  (document) => {
    const renamed = firstState(document);
    renamed.feature = { ...renamed.feature, name: 'feature-1.enabled' };
    secondState(document).feature_state_value = 'text';
    document.feature_states.push({ ...renamed, feature: { ...renamed.feature, name: '' } });
  },
  (document) => {
    firstState(document).multivariate_feature_state_values = [option(1, 1, '30' as unknown as number)];
  },
  (document) => {
    const state = firstState(document);
    state.feature_state_value = 'text';
    state.multivariate_feature_state_values = [{ ...option(1, 1, 50), id: 5 }];
  },
  (document) => addCondition(document, { operator: 'EQUAL', property_: 'plan', value: {} }),
  (document) => addCondition(document, { operator: 'EQUAL', property_: '$.identity.traits_', value: 'x' }),
  (document) => addCondition(document, { operator: 'REGEX', property_: 'plan', value: '^(?=p)' }),
  (document) => addCondition(document, { operator: 'EQUAL', property_: 'account.plan', value: 'pro' }),
  (document) => addCondition(document, { operator: 'IS_SET', property_: 'constructor', value: null }),
  (document) => {
    let rule: RuleDocument = { type: 'ALL', conditions: [], rules: [] };
    for (let depth = 0; depth < 20; depth++) rule = { type: 'ALL', conditions: [], rules: [rule] };
    segments(document)[0]?.rules.push(rule);
  },
  (document) => {
    firstState(document).feature.id = 0;
  },
  (document) => {
    const state = firstState(document);
    delete state.django_id;
    delete state.featurestate_uuid;
    state.feature_state_value = 'text';
    state.multivariate_feature_state_values = [{ ...option(1, 'other', 50), id: 5 }];
  },
  (document) => {
    firstState(document).multivariate_feature_state_values = [option(1, 'one', 50), option(2, 'other', 50)];
  },
];

export function spoil(document: EnvironmentDocument, seed: number): Spoiling {
  const forSdk = structuredClone(document);
  const kind = seed % (spoils.length + 1);
  if (kind === spoils.length) return { input: { flags: forSdk.feature_states }, forSdk };
  const input = spoils[kind]?.(forSdk) ?? forSdk;
  return { input: kind === 1 ? inPages(forSdk) : input, forSdk };
}

function inPages(document: EnvironmentDocument): unknown {
  const { identity_overrides: identities } = document;
  return [
    { ...document, identity_overrides: identities.slice(0, 2) },
    { identity_overrides: identities.slice(2, 4) },
    { identity_overrides: identities.slice(4) },
  ];
}

const segments = (document: EnvironmentDocument): SegmentDocument[] => document.project.segments;
const firstState = (document: EnvironmentDocument): StateDocument => document.feature_states[0] as StateDocument;
const secondState = (document: EnvironmentDocument): StateDocument => document.feature_states[1] as StateDocument;

function addCondition(document: EnvironmentDocument, condition: RuleDocument['conditions'][number]): void {
  segments(document)[0]?.rules.push({ type: 'ALL', conditions: [condition], rules: [] });
}

function option(
  id: number,
  value: string | number,
  weight: number,
): StateDocument['multivariate_feature_state_values'][number] {
  return { percentage_allocation: weight, multivariate_feature_option: { id, value } };
}

import type { Flag } from '@sluice/core';
import { isName } from '../accepted.ts';
import type { Importer } from '../import-report.ts';
import { Noting } from '../noting.ts';
import { plainJson } from '../plain-json.ts';
import { enabledFlag, valueFlag } from './convert-feature.ts';
import { convertSegments } from './convert-segments.ts';
import type { Environment, FeatureState } from './environment.ts';
import { type Code, type Construct, codes, constructs, type FlagsmithNoting } from './flagsmith-report.ts';
import { noteSettings } from './note-settings.ts';
import { groupIdentities, inOrder, type Override } from './override.ts';
import { readEnvironment } from './read-environment.ts';
import { isAmong, membersOf } from './trait-tests.ts';

/**
 * Environment documents of Flagsmith as flagsmith-nodejs 8 evaluates them: the identifier is `targetingKey`, and traits are
 * under `traits`. A feature is one boolean flag where it has no value anywhere; else its key is its value, whether the
 * feature is enabled or not, and `<key>.enabled` says whether it is.
 */
export const flagsmithImporter: Importer = {
  vendor: 'flagsmith',
  constructs,
  codes,
  convert(input) {
    const noting: FlagsmithNoting = new Noting<Construct, Code>(codes);
    const plain = plainJson(input);
    const environment = readEnvironment(plain, noting);
    if (environment === undefined) return { document: undefined, report: noting.report('flagsmith') };
    noteSettings(plain, environment, noting);
    const { segments, overrides } = convertSegments(environment, noting);
    const flags = convertFeatures(environment, [...overrides, ...identityOverrides(environment, noting)], noting);
    return { document: { sluice: 1, segments, flags }, report: noting.report('flagsmith') };
  },
};

function identityOverrides({ identities }: Environment, noting: FlagsmithNoting): readonly Override[] {
  return groupIdentities(identities).flatMap(({ identifiers, overrides }) => {
    // The SDK joins them by commas and takes them apart again, so an identifier with a comma is two others.
    const among = [...new Set(membersOf(identifiers.join(',')))].filter((each) => each !== '');
    const when = isAmong({ name: 'targetingKey', text: true }, among);
    if (typeof when === 'boolean') return [];
    noting.carry(identifiers.length > 1 ? 'identity override shared by identities' : 'identity override');
    return overrides.map((state) => ({
      name: `override-${state.key ?? 'unnamed'}`,
      identifiers: among,
      when,
      state: { ...state, priority: -Infinity },
    }));
  });
}

function convertFeatures(
  environment: Environment,
  overrides: readonly Override[],
  noting: FlagsmithNoting,
): Readonly<Record<string, Flag>> {
  const valued = featuresWithValues(environment);
  const names = new Set(environment.states.map(({ feature }) => feature));
  const byFeature = new Map<string, Override[]>();
  for (const override of overrides) {
    const { feature } = override.state;
    const others = byFeature.get(feature);
    if (others === undefined) byFeature.set(feature, [override]);
    else others.push(override);
  }
  const flags = new Map<string, Flag>();
  for (const state of environment.states) {
    const { feature, path } = state;
    if (!isName(feature)) {
      noting.note('feature-name', path, `${JSON.stringify(feature)} cannot be the key of a flag; rename the feature`);
      continue;
    }
    const own = inOrder(byFeature.get(feature) ?? []);
    carryStates(state, own, valued.has(feature), noting);
    if (!valued.has(feature)) {
      flags.set(feature, enabledFlag(state, own));
      continue;
    }
    const value = valueFlag(state, own, environment.apiKey);
    if ('flag' in value) flags.set(feature, value.flag);
    else if (value.types.length > 0) {
      noting.note(
        'mixed-value-types',
        path,
        `the values of ${feature} are of types ${value.types.join(' and ')}, and those of a flag are of one; make them one type`,
      );
    }
    const companion = `${feature}.enabled`;
    if (isName(companion) && !names.has(companion)) flags.set(companion, enabledFlag(state, own));
    else {
      noting.note(
        'feature-name',
        path,
        `${companion} would say whether ${feature} is enabled, and is no free key; rename one of them`,
      );
    }
  }
  return Object.fromEntries(flags);
}

/** A feature with a value in any state is asked for it, also by those who are in a state without. */
function featuresWithValues({ states, segments, identities }: Environment): ReadonlySet<string> {
  const all = [...states, ...[...segments, ...identities].flatMap(({ overrides }) => overrides)];
  return new Set(all.filter(hasValue).map(({ feature }) => feature));
}

const hasValue = ({ value, options }: FeatureState): boolean =>
  (value !== null && value !== undefined) || options.length > 0;

function carryStates(
  state: FeatureState,
  overrides: readonly Override[],
  valued: boolean,
  noting: FlagsmithNoting,
): void {
  noting.carry(valued ? 'feature with a value' : 'feature without a value');
  for (const { identifiers } of overrides) if (identifiers === undefined) noting.carry('segment override');
  for (const each of [state, ...overrides.map((override) => override.state)]) {
    if (each.options.length > 0) noting.carry('state with multivariate options');
    if (valued && !hasValue(each)) noting.carry('state without a value');
    if (each.featureId) continue;
    noting.note(
      'feature-without-id',
      each.path,
      `the id of ${each.feature} is none, for which the Node SDK answers nobody who gets this state anything, of no feature; here everything is answered`,
    );
  }
}

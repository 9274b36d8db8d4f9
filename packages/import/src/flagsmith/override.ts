import type { Condition } from '@sluice/core';
import type { FeatureState, Identity } from './environment.ts';

/** A state that is not everybody's. */
export interface Override {
  /** What its rule and its variant are called. */
  readonly name: string;
  /** The identifiers that it is for, where it is for identities. */
  readonly identifiers: readonly string[] | undefined;
  readonly when: Condition;
  readonly state: FeatureState;
}

/** Identities of the same overrides. */
export interface IdentityGroup {
  readonly identifiers: readonly string[];
  /** Those of the first, whose keys all of them are hashed with. */
  readonly overrides: readonly FeatureState[];
}

/** The SDK keeps one segment for all identities whose overrides differ in nothing but their keys. */
export function groupIdentities(identities: readonly Identity[]): readonly IdentityGroup[] {
  const groups = new Map<string, { identifiers: string[]; overrides: readonly FeatureState[] }>();
  for (const { identifier, overrides } of identities) {
    if (overrides.length === 0) continue;
    const sorted = overrides.toSorted((a, b) => (a.feature < b.feature ? -1 : a.feature > b.feature ? 1 : 0));
    const content = JSON.stringify(
      sorted.map(({ feature, featureId, enabled, value, options }) => ({
        feature,
        featureId,
        enabled,
        value,
        options: options.map((option) => ({ ...option, id: undefined, priority: String(option.priority) })),
      })),
    );
    const group = groups.get(content);
    if (group === undefined) groups.set(content, { identifiers: [identifier], overrides });
    else group.identifiers.push(identifier);
  }
  return [...groups.values()];
}

/** Those of one feature as the SDK weighs them: the lowest priority wins, and of equals the first. */
export function inOrder(overrides: readonly Override[]): readonly Override[] {
  return overrides.toSorted((a, b) =>
    a.state.priority < b.state.priority ? -1 : a.state.priority > b.state.priority ? 1 : 0,
  );
}

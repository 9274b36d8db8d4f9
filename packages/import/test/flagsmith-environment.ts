/** A feature state as Flagsmith writes it. */
export function state(feature: string, members: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    feature: { id: 1, name: feature, type: 'STANDARD' },
    enabled: false,
    django_id: 7,
    featurestate_uuid: '4d4dc7de-4e5b-4b6e-8a43-1b2f6b4c0f4a',
    feature_state_value: null,
    multivariate_feature_state_values: [],
    ...members,
  };
}

export function option(id: number, weight: number, value: unknown): Record<string, unknown> {
  return { id, percentage_allocation: weight, multivariate_feature_option: { id: 10 * id, value } };
}

/** A segment of one rule of one condition. */
export function segment(
  id: number,
  condition: readonly [property: string | null, operator: string, value: unknown],
  states: readonly unknown[] = [],
): Record<string, unknown> {
  const [property_, operator, value] = condition;
  const rule = { type: 'ALL', rules: [], conditions: [{ property_, operator, value }] };
  return { id, name: `segment ${id}`, rules: [rule], feature_states: states };
}

export function environment(
  states: readonly unknown[],
  segments: readonly unknown[] = [],
  identities: readonly unknown[] = [],
): Record<string, unknown> {
  return {
    id: 1,
    api_key: 'env',
    name: 'Production',
    project: { id: 1, name: 'project', organisation: { id: 1, name: 'organisation' }, segments },
    feature_states: states,
    identity_overrides: identities,
  };
}

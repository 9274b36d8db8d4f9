/** The parts of Flagsmith's environment document that the generator writes. */
export interface EnvironmentDocument {
  api_key: string;
  name: string;
  use_identity_composite_key_for_hashing: boolean;
  project: {
    id: number;
    name: string;
    hide_disabled_flags: boolean;
    server_key_only_feature_ids: number[];
    organisation: { id: number; name: string; stop_serving_flags: boolean };
    segments: SegmentDocument[];
  };
  feature_states: StateDocument[];
  identity_overrides: IdentityDocument[];
}

export interface SegmentDocument {
  id: number;
  name: string;
  rules: RuleDocument[];
  feature_states: StateDocument[];
}

export interface RuleDocument {
  type: string;
  conditions: ConditionDocument[];
  rules: RuleDocument[];
}

export interface ConditionDocument {
  operator: string;
  property_: string | null;
  value: unknown;
}

export interface StateDocument {
  feature: { id: number; name: string; type: string };
  enabled: boolean;
  django_id?: number | string | null;
  featurestate_uuid?: string;
  feature_state_value: string | number | boolean | null;
  feature_segment?: { priority: number | null } | null;
  multivariate_feature_state_values: OptionDocument[];
}

interface OptionDocument {
  id?: number | null;
  mv_fs_value_uuid?: string;
  percentage_allocation: number;
  multivariate_feature_option: { id: number; value: string | number | boolean | null };
}

export interface IdentityDocument {
  identifier: string;
  identity_features: StateDocument[];
}

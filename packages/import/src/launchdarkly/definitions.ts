/** What LaunchDarkly's SDKs are sent, after its shape was checked; a null member counts as missing, as it does there. */
export interface Definitions {
  readonly flags: ReadonlyMap<string, FlagDefinition>;
  readonly segments: ReadonlyMap<string, SegmentDefinition>;
  /** Place in the input of each flag and segment that exists, as `flags/key`, those too whose shape could not be read. */
  readonly places: ReadonlyMap<string, number>;
}

export interface FlagDefinition {
  readonly on: boolean;
  readonly variations: readonly unknown[];
  readonly offVariation: number | undefined;
  readonly fallthrough: Serving | undefined;
  readonly prerequisites: readonly PrerequisiteDefinition[];
  readonly targets: readonly Target[];
  readonly contextTargets: readonly Target[];
  readonly rules: readonly RuleDefinition[];
  readonly salt: string;
}

export interface PrerequisiteDefinition {
  readonly key: string;
  readonly variation: number | undefined;
}

export interface Target {
  readonly contextKind: string | undefined;
  readonly values: readonly string[];
  readonly variation: number | undefined;
}

/** One variation, or a rollout. */
export interface Serving {
  readonly variation: number | undefined;
  readonly rollout: RolloutDefinition | undefined;
}

export interface RuleDefinition extends Serving {
  /** Without clauses a rule never matches; with none of them it always does. */
  readonly clauses: readonly Clause[] | undefined;
}

export interface RolloutDefinition {
  readonly kind: string | undefined;
  readonly contextKind: string | undefined;
  readonly bucketBy: string;
  readonly seed: number | undefined;
  readonly variations: readonly WeightedVariation[];
}

export interface WeightedVariation {
  readonly variation: number | undefined;
  /** Of 100,000. */
  readonly weight: number;
  readonly untracked: boolean;
}

export interface Clause {
  readonly attribute: string;
  readonly contextKind: string | undefined;
  readonly op: string;
  readonly values: readonly unknown[];
  readonly negate: boolean;
}

export interface SegmentDefinition {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  readonly includedContexts: readonly ContextKeys[];
  readonly excludedContexts: readonly ContextKeys[];
  readonly rules: readonly SegmentRule[];
  readonly salt: string;
  readonly unbounded: boolean;
}

export interface ContextKeys {
  readonly contextKind: string | undefined;
  readonly values: readonly string[];
}

export interface SegmentRule {
  readonly clauses: readonly Clause[] | undefined;
  /** Of 100,000; without it, everybody. */
  readonly weight: number | undefined;
  readonly bucketBy: string;
  readonly rolloutContextKind: string | undefined;
}

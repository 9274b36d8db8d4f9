/** What is made for LaunchDarkly's SDK; loosely typed, because it is to be wrong at times. */
export interface Payload {
  readonly flags: Record<string, FlagData>;
  readonly segments: Record<string, SegmentData>;
  readonly flagValues?: Record<string, unknown>;
}

export interface FlagData {
  readonly key: string;
  readonly version: number;
  readonly on: boolean;
  readonly salt?: string;
  readonly variations: readonly unknown[];
  readonly offVariation?: number | null;
  readonly fallthrough?: ServingData;
  readonly prerequisites?: readonly { readonly key: string; readonly variation: number }[];
  readonly targets?: readonly TargetData[];
  readonly contextTargets?: readonly TargetData[];
  readonly rules?: readonly RuleData[];
}

export interface ServingData {
  readonly variation?: number;
  readonly rollout?: {
    readonly kind?: string;
    readonly contextKind?: string;
    readonly bucketBy?: string;
    readonly seed?: number;
    readonly variations: readonly {
      readonly variation: number;
      readonly weight: number;
      readonly untracked?: boolean;
    }[];
  };
}

export interface RuleData extends ServingData {
  readonly id?: string;
  readonly clauses?: readonly ClauseData[];
}

export interface TargetData {
  readonly contextKind?: string;
  readonly values: readonly string[];
  readonly variation: number;
}

export interface ClauseData {
  readonly attribute: string;
  readonly contextKind?: string;
  readonly op: string;
  readonly values: readonly unknown[];
  readonly negate?: boolean;
}

export interface SegmentData {
  readonly key: string;
  readonly version: number;
  readonly salt?: string;
  readonly included?: readonly string[];
  readonly excluded?: readonly string[];
  readonly includedContexts?: readonly { readonly contextKind?: string; readonly values: readonly string[] }[];
  readonly excludedContexts?: readonly { readonly contextKind?: string; readonly values: readonly string[] }[];
  readonly unbounded?: boolean;
  readonly rules?: readonly {
    readonly clauses?: readonly ClauseData[];
    readonly weight?: number;
    readonly bucketBy?: string;
    readonly rolloutContextKind?: string;
  }[];
}

/** Unleash's answer to an SDK, as the generator makes it. */
export interface Definitions {
  readonly version: 2;
  readonly features: readonly Feature[];
  readonly segments: readonly Segment[];
}

export interface Feature {
  readonly name: string;
  readonly enabled: boolean;
  readonly description?: string;
  readonly impressionData?: boolean;
  readonly strategies: readonly Strategy[];
  readonly variants?: readonly Variant[];
  readonly dependencies?: readonly Dependency[];
}

export interface Strategy {
  readonly name: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly constraints?: readonly Constraint[];
  readonly segments?: readonly number[];
  readonly variants?: readonly Variant[];
}

export interface Constraint {
  readonly contextName: string;
  readonly operator: string;
  readonly values?: readonly string[];
  readonly value?: string;
  readonly inverted?: boolean;
  readonly caseInsensitive?: boolean;
}

export interface Segment {
  readonly id: number;
  readonly name: string;
  readonly constraints: readonly Constraint[];
}

export interface Variant {
  readonly name: string;
  readonly weight: number;
  readonly stickiness?: string;
  readonly payload?: { readonly type: string; readonly value: string };
  readonly overrides?: readonly { readonly contextName: string; readonly values: readonly string[] }[];
}

export interface Dependency {
  readonly feature: string;
  readonly enabled?: boolean;
  readonly variants?: readonly string[];
}

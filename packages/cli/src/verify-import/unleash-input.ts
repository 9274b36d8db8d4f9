/** Unleash's definitions as its server sends them to an SDK, as far as an oracle reads them. */
export interface ClientFeatures {
  readonly features: readonly Feature[];
  readonly segments: readonly unknown[];
}

export interface Feature {
  readonly name: string;
  readonly variants?: readonly Variant[] | null;
  readonly strategies?: readonly Strategy[];
}

interface Strategy {
  readonly variants?: readonly Variant[] | null;
}

export interface Variant {
  readonly name: string;
  readonly weight?: number;
  readonly payload?: { readonly type: string; readonly value: string } | null;
}

interface Export extends ClientFeatures {
  readonly features: readonly (Feature & { readonly archived?: boolean })[];
  readonly featureStrategies?: readonly ExportedStrategy[];
  readonly featureEnvironments?: readonly ExportedEnvironment[];
  readonly dependencies?: readonly { readonly feature: string; readonly dependencies: readonly unknown[] }[];
}

interface ExportedStrategy extends Strategy {
  readonly featureName: string;
  readonly disabled?: boolean;
  readonly sortOrder?: number;
}

interface ExportedEnvironment {
  readonly featureName: string;
  readonly enabled: boolean;
  readonly variants?: readonly Variant[];
}

/** Of an export of one environment, what the server would have sent to an SDK. */
export function clientFeatures(input: unknown): ClientFeatures {
  const { features = [], segments = [], ...tables } = input as Partial<Export>;
  if (tables.featureStrategies === undefined) return { features, segments };
  return {
    features: features.filter(({ archived }) => archived !== true).map((each) => joined(each, tables)),
    segments,
  };
}

function joined(feature: Feature, tables: Omit<Partial<Export>, 'features' | 'segments'>): Feature {
  const own = ({ featureName }: { readonly featureName: string }): boolean => featureName === feature.name;
  const environment = tables.featureEnvironments?.find(own);
  const strategies = (tables.featureStrategies ?? []).filter((each) => own(each) && each.disabled !== true);
  const dependencies = (tables.dependencies ?? []).filter((row) => row.feature === feature.name);
  return {
    ...feature,
    ...{ enabled: environment?.enabled ?? false, dependencies: dependencies.flatMap((row) => row.dependencies) },
    variants: environment?.variants ?? [],
    strategies: strategies.toSorted((one, other) => (one.sortOrder ?? 0) - (other.sortOrder ?? 0)),
  };
}

/** The lists among which the SDK chooses: those whose weights add up to something. */
export function variantLists({ variants, strategies = [] }: Feature): readonly (readonly Variant[])[] {
  return [variants, ...strategies.map((strategy) => strategy.variants)].flatMap((list) =>
    Array.isArray(list) && list.reduce((total, { weight = 0 }) => total + weight, 0) > 0 ? [list] : [],
  );
}

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
  readonly dependencies?: readonly { readonly feature: string; readonly dependencies?: readonly unknown[] }[];
}

interface Row {
  readonly featureName: string;
  readonly environment?: string;
}

interface ExportedStrategy extends Strategy, Row {
  readonly disabled?: boolean;
  readonly sortOrder?: number;
}

interface ExportedEnvironment extends Row {
  readonly enabled: boolean;
  readonly variants?: readonly Variant[];
}

/**
 * What the server sends to an SDK; of an export, what it would have sent.
 * @param environment whose settings are meant, where an export holds several
 */
export function clientFeatures(input: unknown, environment?: string): ClientFeatures {
  const { features = [], segments = [], ...tables } = input as Partial<Export>;
  // The SDK takes nothing at all where one feature is none.
  const named = features.filter((feature) => typeof feature?.name === 'string');
  if (tables.featureStrategies === undefined) return { features: named, segments };
  const known = new Set(tables.featureEnvironments?.map((row) => row.environment));
  if (environment === undefined && known.size > 1) {
    throw new Error(`holds several environments; choose one of ${[...known].join(', ')}`);
  }
  const chosen = <Of extends Row>(rows: readonly Of[] = []): readonly Of[] =>
    rows.filter((row) => environment === undefined || (row.environment ?? environment) === environment);
  const chosenTables = {
    strategies: chosen(tables.featureStrategies),
    environments: chosen(tables.featureEnvironments),
    dependencies: tables.dependencies ?? [],
  };
  return {
    features: named.filter(({ archived }) => archived !== true).map((each) => joined(each, chosenTables)),
    segments,
  };
}

interface Tables {
  readonly strategies: readonly ExportedStrategy[];
  readonly environments: readonly ExportedEnvironment[];
  readonly dependencies: NonNullable<Export['dependencies']>;
}

function joined(feature: Feature, { strategies, environments, dependencies }: Tables): Feature {
  const own = ({ featureName }: Row): boolean => featureName === feature.name;
  const environment = environments.find(own);
  const parents = dependencies.filter((row) => row.feature === feature.name);
  return {
    ...feature,
    ...{ enabled: environment?.enabled ?? false, dependencies: parents.flatMap((row) => row.dependencies ?? []) },
    variants: environment?.variants ?? [],
    strategies: strategies
      .filter((each) => own(each) && each.disabled !== true)
      .toSorted((one, other) => (one.sortOrder ?? 0) - (other.sortOrder ?? 0)),
  };
}

/** The lists among which the SDK chooses: those whose weights add up to something. */
export function variantLists({ variants, strategies = [] }: Feature): readonly (readonly Variant[])[] {
  return [variants, ...strategies.map((strategy) => strategy.variants)].flatMap((list) =>
    Array.isArray(list) && list.reduce((total, { weight = 0 }) => total + weight, 0) > 0 ? [list] : [],
  );
}

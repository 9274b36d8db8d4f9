import type { ImportOptions } from '../import-report.ts';
import { type Placed, placed } from '../placed.ts';
import { isRecord } from '../plain-json.ts';
import { type Definitions, type Feature, featureOf, lastOfEach, quote, segmentsOf } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';

type Input = Readonly<Record<string, unknown>>;

/**
 * Reads what `/api/admin/features-batch/export` answers: tables instead of a tree. It is made for one environment and
 * doesn't say for which in its strategies; where somebody put several together, strategies have to say it.
 *
 * Left out is what the server leaves out of an answer to an SDK: archived features and disabled strategies.
 */
export function readExport(input: Input, options: ImportOptions, noting: UnleashNoting): Definitions | undefined {
  const environment = environmentOf(input, options, noting);
  if (environment === undefined) return undefined;
  const strategies = rowsByFeature(input, 'featureStrategies', environment.name);
  const environments = rowsByFeature(input, 'featureEnvironments', environment.name);
  const dependencies = rowsByFeature(input, 'dependencies', undefined, 'feature');
  const features: Feature[] = [];
  for (const { value, path } of placed(input['features'], ['features'])) {
    if (!isRecord(value) || typeof value['name'] !== 'string') {
      noting.note('malformed', path, 'is no feature with a name; it is left out');
      continue;
    }
    if (value['archived'] === true) continue;
    const name = value['name'];
    const own = environments.get(name)?.[0];
    const settings = isRecord(own?.value) ? own.value : {};
    features.push({
      ...featureOf(value, name, path),
      enabled: Boolean(settings['enabled']),
      strategies: activeInOrder(strategies.get(name) ?? []),
      variants: placed(settings['variants'], [...(own?.path ?? path), 'variants']),
      dependencies: (dependencies.get(name) ?? []).flatMap((row) =>
        placed(isRecord(row.value) ? row.value['dependencies'] : undefined, [...row.path, 'dependencies']),
      ),
    });
  }
  return { features: lastOfEach(features, noting), segments: segmentsOf(input, undefined) };
}

/** The environment whose rows count; `name` is absent where no row names any. */
function environmentOf(
  input: Input,
  { environment }: ImportOptions,
  noting: UnleashNoting,
): { readonly name: string | undefined } | undefined {
  const named = (table: string): string[] =>
    placed(input[table], []).flatMap(({ value }) =>
      isRecord(value) && typeof value['environment'] === 'string' ? [value['environment']] : [],
    );
  const known = [...new Set([...named('featureEnvironments'), ...named('featureStrategies')])];
  const names = known.map((each) => quote(each)).join(', ');
  const chosen = environment ?? (known.length < 2 ? known[0] : undefined);
  if (environment !== undefined && !known.includes(environment)) {
    const has = known.length === 0 ? 'names no environment' : `knows the environments ${names}`;
    noting.note('environment', ['featureEnvironments'], `${quote(environment)} is not in this export, which ${has}`);
    return undefined;
  }
  if (known.length > 1 && chosen === undefined) {
    noting.note('environment', ['featureEnvironments'], `holds several environments; choose one of ${names}`);
    return undefined;
  }
  const unnamed = placed(input['featureStrategies'], []).some(
    ({ value }) => isRecord(value) && typeof value['environment'] !== 'string',
  );
  if (known.length > 1 && unnamed) {
    const message = `do not say to which of ${names} they belong; export one environment alone`;
    noting.note('environment', ['featureStrategies'], message);
    return undefined;
  }
  return { name: chosen };
}

/** Rows of a table by their feature's name, without those of other environments. */
function rowsByFeature(
  input: Input,
  table: string,
  environment: string | undefined,
  key = 'featureName',
): ReadonlyMap<unknown, readonly Placed[]> {
  const rows = new Map<unknown, Placed[]>();
  for (const row of placed(input[table], [table])) {
    if (!isRecord(row.value)) continue;
    const own = row.value['environment'];
    if (typeof own === 'string' && environment !== undefined && own !== environment) continue;
    const feature = row.value[key];
    rows.set(feature, [...(rows.get(feature) ?? []), row]);
  }
  return rows;
}

/** The server's own order: by `sortOrder`, and rows that have none stay where they are. */
function activeInOrder(rows: readonly Placed[]): readonly Placed[] {
  const order = ({ value }: Placed): unknown => (isRecord(value) ? value['sortOrder'] : undefined);
  return rows
    .filter(({ value }) => !isRecord(value) || value['disabled'] !== true)
    .sort((one, other) => {
      const [first, second] = [order(one), order(other)];
      return typeof first === 'number' && typeof second === 'number' ? first - second : 0;
    });
}

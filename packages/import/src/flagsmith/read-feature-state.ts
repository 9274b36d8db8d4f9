import type { Path, Scalar } from '@sluice/core';
import { isRecord, isScalar } from '../plain-json.ts';
import type { FeatureState, Id, Option } from './environment.ts';
import type { FlagsmithNoting } from './flagsmith-report.ts';

/** A feature state as the SDK reads it; `undefined`, with a note, where it could not be what it says. */
export function readFeatureState(input: unknown, path: Path, noting: FlagsmithNoting): FeatureState | undefined {
  const refuse = (message: string): undefined => noting.note('feature-state', path, message);
  if (!isRecord(input) || !isRecord(input['feature'])) return refuse('is no feature state: it names no feature');
  const { django_id: id, featurestate_uuid: uuid, feature_state_value: value, feature_segment: segment } = input;
  const { name, id: featureId } = input['feature'];
  const { enabled } = input;
  if (typeof name !== 'string') return refuse('is no feature state: its feature has no name');
  if (typeof enabled !== 'boolean') return refuse(`the state of ${name} is neither enabled nor disabled`);
  if (!isValue(value)) return refuse(`the value of ${name} is no text, number or boolean`);
  if (!isId(id) || !isId(uuid) || !isId(featureId))
    return refuse(`the state of ${name} has an id that is no text or number`);
  const priority = isRecord(segment) ? (segment['priority'] ?? Infinity) : Infinity;
  if (typeof priority !== 'number') return refuse(`the state of ${name} has a priority that is no number`);
  const options = readOptions(input['multivariate_feature_state_values'], name, path, noting);
  if (options === undefined) return undefined;
  const key = stateKey(id, uuid);
  if (key === undefined && options.length > 0) {
    noting.note(
      'random-state-key',
      path,
      `the state of ${name} has neither django_id nor featurestate_uuid, so each start of the SDK spreads everybody anew; ` +
        'here they are spread by the name of the feature and stay',
    );
  }
  return { feature: name, featureId, key, enabled, value, options, priority, path };
}

function isValue(value: unknown): value is Scalar | null | undefined {
  return value === null || value === undefined || isScalar(value);
}

function isId(value: unknown): value is Id {
  return value === null || value === undefined || typeof value === 'string' || typeof value === 'number';
}

/** The SDK prints an id of 0 before it asks whether there is one, and hashes a UUID of `null` as nothing. */
function stateKey(id: Id, uuid: Id): string | undefined {
  return id?.toString() || (uuid === undefined ? undefined : String(uuid ?? ''));
}

function readOptions(
  input: unknown,
  feature: string,
  path: Path,
  noting: FlagsmithNoting,
): readonly Option[] | undefined {
  if (input === undefined || input === null) return [];
  const options: Option[] = [];
  let unordered = 0;
  for (const each of Array.isArray(input) ? input : [undefined]) {
    const option: unknown = isRecord(each) ? each['multivariate_feature_option'] : undefined;
    if (!isRecord(each) || !isRecord(option) || !isValue(option['value']) || !isId(option['id'])) {
      return noting.note('feature-state', path, `${feature} has multivariate values that are none`);
    }
    const weight = each['percentage_allocation'] === null ? 0 : each['percentage_allocation'];
    if (typeof weight !== 'number' || !(weight >= 0 && weight <= Number.MAX_SAFE_INTEGER)) {
      return noting.note('multivariate-weights', path, `${feature} has a percentage_allocation that is no percentage`);
    }
    const priority = optionPriority(each['id'] ?? undefined, each['mv_fs_value_uuid']);
    if (priority === undefined) unordered++;
    options.push({ id: option['id'], value: option['value'], weight, priority: priority ?? Infinity });
  }
  if (unordered > 0 && options.length > 1) {
    noting.note(
      'random-option-order',
      path,
      `${feature} has multivariate values with neither id nor mv_fs_value_uuid, so each start of the SDK orders them anew; ` +
        'here they follow in the order of the document',
    );
  }
  return options.sort((a, b) => (a.priority < b.priority ? -1 : a.priority > b.priority ? 1 : 0));
}

const UUID = /^[0-9a-f-]*[0-9a-f][0-9a-f-]*$/i;

function optionPriority(id: unknown, uuid: unknown): Option['priority'] | undefined {
  if (typeof id === 'number' || typeof id === 'string') return id;
  return typeof uuid === 'string' && UUID.test(uuid) ? BigInt(`0x${uuid.replaceAll('-', '')}`) : undefined;
}

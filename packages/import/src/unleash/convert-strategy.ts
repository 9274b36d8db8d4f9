import type { Path } from '@sluice/core';
import type { Decision } from '../condition-algebra.ts';
import { type Placed, placed } from '../placed.ts';
import { isRecord } from '../plain-json.ts';
import { allConditions } from './all-conditions.ts';
import { convertConstraints, inSegments, type Segments } from './convert-segments.ts';
import { type EnteringRollout, type Parameters, strategies } from './strategy-entering.ts';
import { quote } from './unleash-definitions.ts';
import type { Construct, UnleashNoting } from './unleash-report.ts';

/** A strategy: of those who meet its conditions, a rollout lets some enter, or else all. */
export interface Strategy {
  readonly when: Decision;
  readonly rollout: EnteringRollout | undefined;
  /** What its own variants are chosen by, where they don't say it themselves. */
  readonly group: string;
  readonly stickiness: unknown;
}

/** `undefined` where it cannot be carried, after a note; the SDK too passes over strategies that it doesn't know. */
export function convertStrategy(
  { value, path }: Placed,
  segments: Segments,
  noting: UnleashNoting,
): Strategy | undefined {
  if (!isRecord(value) || typeof value['name'] !== 'string') return malformed(path, 'is no strategy', noting);
  const { name } = value;
  if (name === 'applicationHostname') {
    const message = 'asks for the host on which the SDK runs, which no context tells; the strategy is left out';
    noting.note('application-hostname', path, message);
    return undefined;
  }
  const read = Object.hasOwn(strategies, name) ? strategies[name] : undefined;
  if (read === undefined) {
    const message = `${quote(name)} is a strategy of your own, whose code is not in the input; it is left out, as SDKs pass over it that do not have it`;
    noting.note('custom-strategy', path, message);
    return undefined;
  }
  const parameters = parametersOf(value, name === 'default' && placed(value['variants'], []).length === 0);
  if (parameters === undefined) return malformed([...path, 'parameters'], 'has to be an object of texts', noting);
  for (const key of ['constraints', 'segments']) {
    if (value[key] && !Array.isArray(value[key])) return malformed([...path, key], 'has to be a list', noting);
  }
  const constraints = convertConstraints(placed(value['constraints'], [...path, 'constraints']), noting);
  const inAll = inSegments(placed(value['segments'], [...path, 'segments']), segments, noting);
  if (constraints === undefined || inAll === undefined) return undefined;
  const entering = read(parameters, [...path, 'parameters'], noting);
  if (entering === undefined) return undefined;
  noting.carry(`strategy ${name}` as Construct);
  return {
    when: allConditions([constraints, inAll, entering.when]),
    rollout: entering.rollout,
    // Without a group the SDK hashes the word "undefined".
    group: String(parameters['groupId']),
    stickiness: parameters['stickiness'],
  };
}

/** @param optional whether the SDK reads none, so that they may be missing */
function parametersOf(strategy: Readonly<Record<string, unknown>>, optional: boolean): Parameters | undefined {
  const parameters = strategy['parameters'] ?? (optional ? {} : undefined);
  if (!isRecord(parameters)) return undefined;
  const texts = Object.values(parameters).every((each) => typeof each !== 'object' || each === null);
  return texts ? (parameters as Parameters) : undefined;
}

function malformed(path: Path, message: string, noting: UnleashNoting): undefined {
  noting.note('malformed', path, `${message}; the strategy is left out`);
}

import type { Path, Rollout } from '@sluice/core';
import { anyOf, type Decision } from '../condition-algebra.ts';
import { inIPv4, isIPv4, noteAddressForm } from './address-operators.ts';
import { attributeName } from './attribute-name.ts';
import { quote } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** Who enters a strategy whose constraints hold. */
interface Entering {
  readonly when: Decision;
  /** Absent where everybody does. */
  readonly rollout?: EnteringRollout;
}

export interface EnteringRollout extends Pick<Rollout, 'percentage'> {
  readonly salt: string;
  readonly unit: string | readonly string[];
}

export type Parameters = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What the SDK's default stickiness enters by. */
export const defaultUnit: readonly string[] = ['targetingKey', 'sessionId'];

type Read = (parameters: Parameters, path: Path, noting: UnleashNoting) => Entering | undefined;

const flexibleRollout: Read = (parameters, path, noting) => {
  const at = [...path, 'stickiness'];
  const percentage = percentageOf(parameters['rollout'], [...path, 'rollout'], noting);
  const drawn = percentage > 0 && percentage < 100;
  const salt = groupOf(parameters);
  const stickiness = parameters['stickiness'] || 'default';
  if (stickiness === 'random') {
    noting.carry('stickiness random');
    if (drawn) noteRandom(at, noting);
    return { when: true, rollout: { percentage, salt, unit: [] } };
  }
  if (stickiness === 'default') {
    noting.carry('stickiness default');
    if (drawn) {
      const message =
        'enters by userId or sessionId: contexts that have neither are drawn anew at every call by the SDK, and here do not enter';
      noting.note('missing-unit', at, message);
    }
    return { when: true, rollout: { percentage, salt, unit: defaultUnit } };
  }
  const unit = attributeName(stickiness, at, noting);
  if (unit === undefined) return undefined;
  noting.carry('stickiness custom');
  return { when: true, rollout: { percentage, salt, unit } };
};

const gradualRollout =
  (unit: string): Read =>
  (parameters, path, noting) => {
    const percentage = percentageOf(parameters['percentage'], [...path, 'percentage'], noting);
    const message = 'does not let an id of 0 or false enter; here it is an id like others';
    noting.note('falsy-id', path, message);
    return { when: true, rollout: { percentage, salt: groupOf(parameters), unit } };
  };

const gradualRolloutRandom: Read = (parameters, path, noting) => {
  const percentage = percentageOf(parameters['percentage'], [...path, 'percentage'], noting);
  if (percentage > 0 && percentage < 100) noteRandom(path, noting);
  return { when: true, rollout: { percentage, salt: '', unit: [] } };
};

/** The SDK does not print an id here, so the number 42 is not in a list that holds "42". */
const userWithId: Read = ({ userIds }) => ({ when: !!userIds && { targetingKey: listOf(userIds) } });

/** Blocks of IPv4 hold addresses; all else is compared as it is written. */
const remoteAddress: Read = ({ IPs }, path, noting) => {
  if (!IPs) return { when: false };
  const addresses = listOf(IPs);
  const texts = addresses.filter((text) => !isIPv4(text));
  const ranges = addresses.filter(isIPv4);
  if (ranges.length > 0) noteAddressForm(path, noting);
  return { when: anyOf([texts.length > 0 && { remoteAddress: texts }, inIPv4('remoteAddress', ranges, false)]) };
};

/** By the strategy's name, who enters it; `undefined` where that cannot be carried, which is noted. */
export const strategies: Readonly<Record<string, Read>> = {
  default: () => ({ when: true }),
  flexibleRollout,
  gradualRolloutUserId: gradualRollout('targetingKey'),
  gradualRolloutSessionId: gradualRollout('sessionId'),
  gradualRolloutRandom,
  userWithId,
  remoteAddress,
};

export function noteRandom(path: Path, noting: UnleashNoting): void {
  const message =
    'is random: the SDK draws every unit anew at every call, and here nobody enters by chance; choose a stickiness';
  noting.note('random-stickiness', path, message);
}

function listOf(text: Parameters[string]): readonly string[] {
  return String(text).split(/\s*,\s*/);
}

function groupOf({ groupId }: Parameters): string {
  return String(groupId || '');
}

/** Unleash knows whole percentages only: place 1 of 100 is not within 0.5. */
function percentageOf(written: Parameters[string], path: Path, noting: UnleashNoting): number {
  const percentage = Math.min(Math.max(Number(written) || 0, 0), 100);
  const whole = Math.floor(percentage);
  if (whole !== percentage) {
    noting.note('decimal-percentage', path, `${quote(written)} has decimals, which nobody gets: it is ${whole}`);
  }
  return whole;
}

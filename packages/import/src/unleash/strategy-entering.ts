import type { Path, Rollout } from '@sluice/core';
import { anyOf, type Decision } from '../condition-algebra.ts';
import { inIPv4, isIPv4, noteAddressForm } from './address-operators.ts';
import { attributeName } from './attribute-name.ts';
import { quote } from './unleash-definitions.ts';
import type { Report } from './unleash-report.ts';

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

type Read = (parameters: Parameters, path: Path, report: Report) => Entering | undefined;

const flexibleRollout: Read = (parameters, path, report) => {
  const at = [...path, 'stickiness'];
  const percentage = percentageOf(parameters['rollout'], [...path, 'rollout'], report);
  const drawn = percentage > 0 && percentage < 100;
  const salt = groupOf(parameters);
  const stickiness = parameters['stickiness'] || 'default';
  if (stickiness === 'random') {
    report.carry('stickiness random');
    if (drawn) noteRandom(at, report);
    return { when: true, rollout: { percentage, salt, unit: [] } };
  }
  if (stickiness === 'default') {
    report.carry('stickiness default');
    if (drawn) {
      const message =
        'enters by userId or sessionId: contexts that have neither are drawn anew at every call by the SDK, and here do not enter';
      report.note('missing-unit', at, message);
    }
    return { when: true, rollout: { percentage, salt, unit: defaultUnit } };
  }
  const unit = attributeName(stickiness, at, report);
  if (unit === undefined) return undefined;
  report.carry('stickiness custom');
  return { when: true, rollout: { percentage, salt, unit } };
};

const gradualRollout =
  (unit: string): Read =>
  (parameters, path, report) => {
    const percentage = percentageOf(parameters['percentage'], [...path, 'percentage'], report);
    const message = 'does not let an id of 0 or false enter; here it is an id like others';
    report.note('falsy-id', path, message);
    return { when: true, rollout: { percentage, salt: groupOf(parameters), unit } };
  };

const gradualRolloutRandom: Read = (parameters, path, report) => {
  const percentage = percentageOf(parameters['percentage'], [...path, 'percentage'], report);
  if (percentage > 0 && percentage < 100) noteRandom(path, report);
  return { when: true, rollout: { percentage, salt: '', unit: [] } };
};

/** The SDK does not print an id here, so the number 42 is not in a list that holds "42". */
const userWithId: Read = ({ userIds }) => ({ when: !!userIds && { targetingKey: listOf(userIds) } });

/** Blocks of IPv4 hold addresses; all else is compared as it is written. */
const remoteAddress: Read = ({ IPs }, path, report) => {
  if (!IPs) return { when: false };
  const addresses = listOf(IPs);
  const texts = addresses.filter((text) => !isIPv4(text));
  const ranges = addresses.filter(isIPv4);
  if (ranges.length > 0) noteAddressForm(path, report);
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

export function noteRandom(path: Path, report: Report): void {
  const message =
    'is random: the SDK draws every unit anew at every call, and here nobody enters by chance; choose a stickiness';
  report.note('random-stickiness', path, message);
}

function listOf(text: Parameters[string]): readonly string[] {
  return String(text).split(/\s*,\s*/);
}

function groupOf({ groupId }: Parameters): string {
  return String(groupId || '');
}

/** Unleash knows whole percentages only: place 1 of 100 is not within 0.5. */
function percentageOf(written: Parameters[string], path: Path, report: Report): number {
  const percentage = Math.min(Math.max(Number(written) || 0, 0), 100);
  const whole = Math.floor(percentage);
  if (whole !== percentage) {
    report.note('decimal-percentage', path, `${quote(written)} has decimals, which nobody gets: it is ${whole}`);
  }
  return whole;
}

import { createHash } from 'node:crypto';
import type { StartOracle } from './vendor-oracle.ts';

type Setting = number | boolean | { readonly enabled?: boolean; readonly percentage?: number };

/**
 * The home-grown code itself; there is no SDK to hand in. A request without a user is in no part of the users, but where every
 * one of the hundred places is let in.
 */
export const startPercentages: StartOracle = async (_sdk, input) => ({
  name: 'md5("flag:user") % 100',
  ask(flag, { targetingKey: user }) {
    const setting = (input as Readonly<Record<string, Setting>>)[flag];
    const { enabled = true, percentage = 100 } =
      typeof setting === 'object'
        ? setting
        : typeof setting === 'number'
          ? { percentage: setting }
          : { enabled: setting };
    if (user === undefined || user === null || user === '') return { value: enabled === true && percentage > 99 };
    const hash = BigInt(`0x${createHash('md5').update(`${flag}:${user}`).digest('hex')}`);
    return { value: enabled === true && Number(hash % 100n) < percentage };
  },
  close: async () => {},
});

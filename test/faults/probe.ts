import { setTimeout as pause, setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Client } from '@openfeature/server-sdk';
import { FLAG, OTHER_FLAG, SWITCH } from './document.ts';

/** What went wrong with the evaluations of a client, of all there were. */
export interface ProbeReport {
  evaluations: number;
  /** Not settled when the loop had turned once, as one that waits for a timer or the network. */
  late: number;
  /** Rejected, or with an error code. */
  failed: string[];
}

/** Evaluates all the time until it is stopped: whatever fails meanwhile, nobody may wait for it. */
export function probe(client: Client): { stop(): Promise<ProbeReport> } {
  const report: ProbeReport = { evaluations: 0, late: 0, failed: [] };
  let going = true;
  const evaluate = async (details: Promise<{ readonly errorCode?: string }>): Promise<void> => {
    let settled = false;
    void details
      .then(({ errorCode }) => errorCode !== undefined && report.failed.push(errorCode))
      .catch((error: unknown) => report.failed.push(String(error)))
      .finally(() => {
        settled = true;
      });
    // Promises that wait for each other alone are all settled before the loop turns, however many they are.
    await turnOfTheLoop();
    report.evaluations++;
    if (!settled) report.late++;
  };
  const done = (async () => {
    for (let unit = 0; going; unit++) {
      const context = { targetingKey: `user-${unit}` };
      await evaluate(client.getStringDetails(FLAG, 'none', context));
      await evaluate(client.getStringDetails(OTHER_FLAG, 'none', context));
      await evaluate(client.getBooleanDetails(SWITCH, true, context));
      await pause(2);
    }
  })();
  return {
    async stop() {
      going = false;
      await done;
      return report;
    },
  };
}

import type { Arm, Assignment, Outcomes, Recorder, RecorderCounts, Run } from '@sluice/core';

/** One outcome as a test wants to read it. */
export interface TestOutcome {
  readonly metric: string;
  readonly value: number;
  /** Absent for a tracking event of a unit that was exposed to nothing. */
  readonly flag?: string;
  readonly variant?: string;
  readonly arm?: Arm;
  readonly unit?: string;
}

/** A recorder that keeps everything where a test can read it, with units in plain text and tokens that are run ids. */
export interface TestRecorder extends Recorder {
  readonly exposures: readonly Assignment[];
  readonly outcomes: readonly TestOutcome[];
}

export function testRecorder(): TestRecorder {
  const exposures: Assignment[] = [];
  const outcomes: TestOutcome[] = [];
  const runs = new Map<string, Assignment>();
  const note = (assignment: Assignment | undefined, recorded: Outcomes): void => {
    for (const [metric, value] of Object.entries(recorded)) {
      const { flag, variant, arm, unit } = assignment ?? {};
      outcomes.push({
        metric,
        value: Number(value),
        ...(flag !== undefined && { flag }),
        ...(variant !== undefined && { variant }),
        ...(arm !== undefined && { arm }),
        ...(unit !== undefined && { unit }),
      });
    }
  };
  return {
    exposures,
    outcomes,
    expose(assignment) {
      const { flag, unit, stage } = assignment;
      if (!exposures.some((seen) => seen.flag === flag && seen.unit === unit && seen.stage === stage)) {
        exposures.push(assignment);
      }
    },
    startRun(assignment): Run {
      const id = `run-${runs.size + 1}`;
      runs.set(id, assignment);
      return { id, assignment, record: (recorded) => note(assignment, recorded), token: () => id };
    },
    track(metric, { targetingKey }, details) {
      const value = details.value ?? 1;
      const exposed = exposures.filter(({ unit }) => unit === targetingKey);
      if (exposed.length === 0) note(undefined, { [metric]: value });
      for (const assignment of exposed) note(assignment, { [metric]: value });
    },
    async feedback(token, recorded) {
      const assignment = runs.get(token);
      if (assignment === undefined)
        return { accepted: false, reason: 'forged', message: `no run has the token ${token}` };
      note(assignment, recorded);
      return { accepted: true };
    },
    counts: (): RecorderCounts => ({
      exposures: exposures.length,
      outcomes: outcomes.length,
      stored: exposures.length + outcomes.length,
      dropped: 0,
      refused: 0,
      unattributed: outcomes.filter(({ flag }) => flag === undefined).length,
      rejectedTokens: 0,
      failedWrites: 0,
    }),
    async flush() {},
    async close() {},
  };
}

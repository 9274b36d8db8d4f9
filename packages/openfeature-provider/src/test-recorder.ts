import { type Arm, type Assignment, attributeReader, type Outcomes, type Recorder, type Run } from '@sluice/core';

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
  const targetingKeys = new Map<Assignment, string | undefined>();
  const runs = new Map<string, Run>();
  let refused = 0;
  let unattributed = 0;
  let rejectedTokens = 0;

  const record = (assignment: Assignment | undefined, recorded: Outcomes, seen: Set<string>): void => {
    const about = assignment && aboutOf(assignment);
    for (const [metric, outcome] of Object.entries(recorded)) {
      const value = typeof outcome === 'boolean' ? Number(outcome) : outcome;
      if (!Number.isFinite(value) || seen.has(metric)) refused++;
      else outcomes.push({ metric, value, ...about });
      seen.add(metric);
    }
  };

  /** The latest assignment of each flag whose unit, or else whose targeting key, the context names. */
  const exposedIn = (context: Readonly<Record<string, unknown>>): Iterable<Assignment> => {
    const latest = new Map<string, Assignment>();
    for (const assignment of exposures) {
      const { flag, unit, unitAttribute = 'targetingKey' } = assignment;
      const named = attributeReader(unitAttribute)(context) ?? undefined;
      const key = targetingKeys.get(assignment);
      const meant = named === undefined ? key !== undefined && key === context['targetingKey'] : String(named) === unit;
      if (meant) latest.set(flag, assignment);
    }
    return latest.values();
  };

  return {
    exposures,
    outcomes,
    expose(assignment, _domain, targetingKey) {
      const { flag, unit, stage } = assignment;
      if (exposures.some((seen) => seen.flag === flag && seen.unit === unit && seen.stage === stage)) return;
      exposures.push(assignment);
      targetingKeys.set(assignment, targetingKey);
    },
    startRun(assignment) {
      const id = `run-${runs.size + 1}`;
      const seen = new Set<string>();
      const run: Run = { id, assignment, record: (recorded) => record(assignment, recorded, seen), token: () => id };
      runs.set(id, run);
      return run;
    },
    track(metric, context, details) {
      const exposed = [...exposedIn(context)];
      if (exposed.length === 0) unattributed++;
      for (const assignment of exposed.length === 0 ? [undefined] : exposed) {
        record(assignment, { [metric]: details.value ?? 1 }, new Set());
      }
    },
    async feedback(token, recorded) {
      const run = runs.get(token);
      if (run === undefined) {
        rejectedTokens++;
        return { accepted: false, reason: 'forged', message: `no run has the token ${token}` };
      }
      run.record(recorded);
      return { accepted: true };
    },
    counts: () => ({
      exposures: exposures.length,
      outcomes: outcomes.length,
      stored: exposures.length + outcomes.length,
      dropped: 0,
      refused,
      unattributed,
      rejectedTokens,
      failedWrites: 0,
    }),
    async flush() {},
    async close() {},
  };
}

function aboutOf({ flag, variant, arm, unit }: Assignment): Omit<TestOutcome, 'metric' | 'value'> {
  return { flag, variant, arm, unit };
}

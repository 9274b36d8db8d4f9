import type { Assignment, FeedbackResult, Outcomes, Recorder, Run } from '@sluice/core';
import { LRUCache } from 'lru-cache';
import { detachedToken } from './detached-run.ts';
import { Exposures } from './exposures.ts';
import { feedbackTokens } from './feedback-token.ts';
import { measureScopes } from './measure-scope.ts';
import { type PendingRecord, toRecord } from './pending-record.ts';
import { type RecorderOptions, settingsOf } from './recorder-options.ts';
import { givenKey, keyOf } from './recording-key.ts';
import { unitHasher } from './unit.ts';
import { uuidV7Generator } from './uuid-v7.ts';
import { WriteQueue } from './write-queue.ts';

/** Runs whose feedback this process remembers, to refuse a second vote; a store drops those that come later still. */
const MAX_FEEDBACK_RUNS = 10_000;

/**
 * Makes the recorder of a process; `QualityHook` and `SluiceProvider` are given it. Call `close` before the process ends,
 * or, where it is frozen between requests (Lambda), await `flush` in each.
 *
 * @throws {RangeError} for a key shorter than 16 bytes or a limit that is not above zero.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const settings = settingsOf(options);
  const given = options.key === undefined ? undefined : givenKey(options.key);
  const clock = (): number => Math.trunc(settings.now());
  // Two, because records get their ids later than runs: a shared one would date records by the newest run.
  const runId = uuidV7Generator();
  const recordId = uuidV7Generator();
  const exposures = new Exposures();
  const feedbackSeen = new LRUCache<string, Set<string>>({ max: MAX_FEEDBACK_RUNS });
  const counts = { exposures: 0, outcomes: 0, refused: 0, unattributed: 0, rejectedTokens: 0 };

  // The sink is asked for its key when something is to be hashed, not before: making a recorder touches no disk.
  let made: ReturnType<typeof makeSecrets> | undefined;
  const secrets = (): ReturnType<typeof makeSecrets> => {
    made ??= makeSecrets(given ?? keyOf(settings.sink));
    return made;
  };
  function makeSecrets(key: Uint8Array) {
    return {
      storedUnit: settings.units === 'plain' ? (unit: string) => unit : unitHasher(key),
      tokens: feedbackTokens(key, settings.tokenTtlDays),
    };
  }

  const queue = new WriteQueue<PendingRecord>({
    ...settings,
    toRecord: (pending) => toRecord(pending, recordId(pending.at), secrets().storedUnit),
  });

  function record(
    run: string,
    assignment: Assignment,
    outcomes: Outcomes,
    recorded: Set<string>,
    unitIsStored = false,
  ) {
    try {
      const at = clock();
      for (const [metric, outcome] of Object.entries(outcomes)) {
        const value = typeof outcome === 'boolean' ? Number(outcome) : outcome;
        if (!Number.isFinite(value) || recorded.has(metric)) {
          counts.refused += 1;
          continue;
        }
        recorded.add(metric);
        counts.outcomes += 1;
        queue.offer({ type: 'outcome', at, assignment, run, metric, value, unitIsStored });
      }
    } catch {
      // What was handed in is no object, or one that throws when it is read.
      counts.refused += 1;
    }
  }

  function startRun(assignment: Assignment): Run {
    const id = runId(clock());
    const recorded = new Set<string>();
    return {
      id,
      assignment,
      record: (outcomes) => record(id, assignment, outcomes, recorded),
      token: () => {
        const { flag, variant, arm, stage } = assignment;
        const { storedUnit, tokens } = secrets();
        return tokens.sign({
          v: 1,
          run: id,
          flag,
          variant,
          arm,
          stage,
          unit: storedUnit(assignment.unit),
          at: clock(),
        });
      },
    };
  }

  function feedback(token: string, outcomes: Outcomes): FeedbackResult {
    if (token === detachedToken) return { accepted: true };
    const verified = secrets().tokens.verify(token, clock());
    if ('accepted' in verified) {
      counts.rejectedTokens += 1;
      return verified;
    }
    const { run, flag, variant, arm, stage, unit } = verified;
    const recorded = feedbackSeen.get(run) ?? new Set();
    feedbackSeen.set(run, recorded);
    record(run, { flag, variant, arm, stage, unit }, outcomes, recorded, true);
    return { accepted: true };
  }

  return {
    expose(assignment, domain, targetingKey) {
      if (!exposures.note(assignment, targetingKey)) return;
      counts.exposures += 1;
      if (!queue.offer({ type: 'exposure', at: clock(), assignment, domain })) exposures.forget(assignment);
    },
    startRun,
    track(metric, context, details) {
      const outcomes = { [metric]: details.value ?? 1 };
      const scope = measureScopes.getStore();
      if (scope?.stage === 'work') return scope.run.record(outcomes);
      const id = runId(clock());
      let attributed = false;
      for (const assignment of exposures.latest(context)) {
        record(id, assignment, outcomes, new Set());
        attributed = true;
      }
      if (!attributed) counts.unattributed += 1;
    },
    feedback: async (token, outcomes) => feedback(token, outcomes),
    counts: () => ({ ...counts, ...queue.counts() }),
    flush: () => queue.flush(),
    close: () => queue.close(),
  };
}

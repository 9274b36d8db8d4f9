import {
  type AssignmentStore,
  type Assignments,
  type CompiledFlags,
  type Context,
  type Evaluation,
  evaluate,
  type Situation,
  type StickyAssignment,
} from '@sluice/core';

/**
 * Evaluates with what a store keeps. A store that answers at once is asked during the evaluation. Where it answers later, the
 * evaluation that found out is thrown away and done again with the answers, so only flags that are sticky ever wait.
 *
 * An assignment that cannot be read in time is taken for none, and is not overwritten either: the hash decides this once.
 */
export class StickyEvaluations {
  readonly #store: AssignmentStore;
  readonly #timeoutMs: number;
  #warned = false;
  /** Promises that the evaluation under way has met. It is synchronous, so one list serves all. */
  #asked = new Map<string, Promise<StickyAssignment | undefined>>();
  readonly #atOnce: Assignments = {
    get: (flag, unit) => {
      const answer = this.#ask(flag, unit);
      if (!(answer instanceof Promise)) return answer;
      this.#asked.set(keyOf(flag, unit), answer);
      return undefined;
    },
    set: (flag, unit, assignment) => {
      if (this.#asked.size === 0) this.#tell(() => this.#store.set(flag, unit, assignment));
    },
    delete: (flag, unit) => {
      if (this.#asked.size === 0) this.#tell(() => this.#store.delete(flag, unit));
    },
  };

  /** One object for every evaluation, as nearly all of them never look at it. */
  readonly #situation: Situation = { now: Date.now, assignments: this.#atOnce };

  constructor(store: AssignmentStore, timeoutMs: number) {
    this.#store = store;
    this.#timeoutMs = timeoutMs;
  }

  evaluate(flags: CompiledFlags, key: string, context: Context): Evaluation | Promise<Evaluation> {
    const evaluation = evaluate(flags, key, context, this.#situation);
    if (this.#asked.size === 0) return evaluation;
    const asked = this.#asked;
    this.#asked = new Map();
    return this.#answered(asked).then((answers) =>
      evaluate(flags, key, context, { now: Date.now, assignments: this.#from(answers) }),
    );
  }

  /** By key: what the store answered in time. A key that is not there was not answered. */
  async #answered(
    asked: ReadonlyMap<string, Promise<StickyAssignment | undefined>>,
  ): Promise<ReadonlyMap<string, StickyAssignment | undefined>> {
    const answers = new Map<string, StickyAssignment | undefined>();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#timeoutMs);
    });
    const all = [...asked].map(([key, answer]) =>
      answer.then(
        (assignment) => void answers.set(key, assignment),
        (error: unknown) => this.#warn(error),
      ),
    );
    await Promise.race([Promise.all(all), late]);
    clearTimeout(timer);
    // What comes later is not part of this answer.
    return new Map(answers);
  }

  #from(answers: ReadonlyMap<string, StickyAssignment | undefined>): Assignments {
    return {
      get: (flag, unit) => answers.get(keyOf(flag, unit)),
      set: (flag, unit, assignment) => {
        if (answers.has(keyOf(flag, unit))) this.#tell(() => this.#store.set(flag, unit, assignment));
      },
      delete: (flag, unit) => this.#tell(() => this.#store.delete(flag, unit)),
    };
  }

  #ask(flag: string, unit: string): StickyAssignment | undefined | Promise<StickyAssignment | undefined> {
    try {
      return this.#store.get(flag, unit);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #tell(write: () => void | Promise<void>): void {
    try {
      const written = write();
      if (written instanceof Promise) written.catch((error: unknown) => this.#warn(error));
    } catch (error) {
      this.#warn(error);
    }
  }

  /** Once, because a store that is down would say it at every evaluation. */
  #warn(error: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    const message = error instanceof Error ? error.message : String(error);
    process.emitWarning(`${this.#store.name}: sticky flags bucket by their hash: ${message}`, 'SluiceWarning');
  }
}

function keyOf(flag: string, unit: string): string {
  return `${flag}\u0000${unit}`;
}

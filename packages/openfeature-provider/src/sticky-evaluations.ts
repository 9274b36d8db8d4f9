import {
  type AssignmentStore,
  type Assignments,
  type CompiledFlags,
  type Context,
  type Evaluation,
  evaluate,
  type Situation,
  type StickyAssignment,
  type SwitchStates,
} from '@sluice/core';
import { assignmentKey } from './assignment-key.ts';
import { messageOf } from './message-of.ts';

/** What a store said later; `unknown` as long as it has not, and where it cannot. */
type Answer = { readonly assignment: StickyAssignment | undefined } | 'unknown';

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
  /** What the evaluation under way has asked. It is synchronous, so one map serves all. */
  #asked = new Map<string, Promise<Answer>>();

  readonly #assignments: Assignments = {
    get: (flag, unit) => this.#ask(flag, unit, this.#asked),
    set: (flag, unit, assignment) => {
      if (this.#asked.size === 0) this.#tell(() => this.#store.set(flag, unit, assignment));
    },
    delete: (flag, unit) => {
      if (this.#asked.size === 0) this.#tell(() => this.#store.delete(flag, unit));
    },
  };

  /** One object for every evaluation until something is switched, as nearly all of them never look at it. */
  #situation: Situation = { now: Date.now, assignments: this.#assignments };

  constructor(store: AssignmentStore, timeoutMs: number) {
    this.#store = store;
    this.#timeoutMs = timeoutMs;
  }

  /** Counts from the next evaluation on, and for those that wait. */
  set switches(states: SwitchStates) {
    const nothing = states.switches.size === 0 && states.flags.size === 0;
    // Without any state there is no member, by which an evaluation sees that it need not look for one.
    this.#situation = { now: Date.now, assignments: this.#assignments, ...(nothing ? {} : { switches: states }) };
  }

  evaluate(flags: CompiledFlags, key: string, context: Context): Evaluation | Promise<Evaluation> {
    const evaluation = evaluate(flags, key, context, this.#situation);
    if (this.#asked.size === 0) return evaluation;
    const asked = this.#asked;
    this.#asked = new Map();
    return this.#evaluateLater(flags, key, context, asked);
  }

  /** An answer may raise a question: of a flag that asks for another, once it is known what that one keeps. */
  async #evaluateLater(
    flags: CompiledFlags,
    key: string,
    context: Context,
    first: Map<string, Promise<Answer>>,
  ): Promise<Evaluation> {
    const answers = new Map<string, Answer>();
    const time = startTime(this.#timeoutMs, () => this.#warn(`no answer within ${this.#timeoutMs} ms`));
    for (let asked = first; ; ) {
      const all = [...asked].map(([each, answer]) => {
        answers.set(each, 'unknown');
        return answer.then((said) => answers.set(each, said));
      });
      await Promise.race([Promise.all(all), time.up]);
      asked = new Map();
      const assignments = this.#from(answers, asked);
      const evaluation = evaluate(flags, key, context, { ...this.#situation, assignments });
      if (asked.size > 0 && !time.isUp()) continue;
      time.end();
      return evaluation;
    }
  }

  #from(answers: ReadonlyMap<string, Answer>, asked: Map<string, Promise<Answer>>): Assignments {
    return {
      get: (flag, unit) => {
        const answer = answers.get(assignmentKey(flag, unit));
        if (answer === undefined) return this.#ask(flag, unit, asked);
        return answer === 'unknown' ? undefined : answer.assignment;
      },
      set: (flag, unit, assignment) => {
        if (asked.size > 0 || answers.get(assignmentKey(flag, unit)) === 'unknown') return;
        this.#tell(() => this.#store.set(flag, unit, assignment));
      },
      delete: (flag, unit) => {
        if (asked.size === 0) this.#tell(() => this.#store.delete(flag, unit));
      },
    };
  }

  /** What the store says at once; where it says it later, that is noted among what was asked. */
  #ask(flag: string, unit: string, asked: Map<string, Promise<Answer>>): StickyAssignment | undefined {
    const unknown = (error: unknown): Answer => {
      this.#warn(error);
      return 'unknown';
    };
    try {
      const answer = this.#store.get(flag, unit);
      // A store of JSON may say null for none.
      if (!isLate(answer)) return answer ?? undefined;
      const said = Promise.resolve(answer).then((late): Answer => ({ assignment: late ?? undefined }), unknown);
      asked.set(assignmentKey(flag, unit), said);
    } catch (error) {
      asked.set(assignmentKey(flag, unit), Promise.resolve(unknown(error)));
    }
    return undefined;
  }

  #tell(write: () => void | Promise<void>): void {
    try {
      const written = write();
      if (isLate(written)) Promise.resolve(written).catch((error: unknown) => this.#warn(error));
    } catch (error) {
      this.#warn(error);
    }
  }

  /** Once, because a store that is down would say it at every evaluation. */
  #warn(error: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    process.emitWarning(`${this.#store.name}: sticky flags bucket by their hash: ${messageOf(error)}`, 'SluiceWarning');
  }
}

/** By its method, because the promise of another realm, as in Jest, is no instance of this one's class. */
function isLate<Value>(answer: Value | Promise<Value>): answer is Promise<Value> {
  return typeof (answer as Promise<Value> | undefined)?.then === 'function';
}

interface Time {
  readonly up: Promise<void>;
  isUp(): boolean;
  end(): void;
}

function startTime(ms: number, onUp: () => void): Time {
  let isUp = false;
  let timer: NodeJS.Timeout | undefined;
  const up = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      isUp = true;
      onUp();
      resolve();
    }, ms);
  });
  return { up, isUp: () => isUp, end: () => clearTimeout(timer) };
}

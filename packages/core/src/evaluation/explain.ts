import type { Context } from '../conditions/attribute.ts';
import type { Assignments } from '../contracts/assignments.ts';
import type { CompiledFlags } from './compile.ts';
import { decide } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import type { Situation } from './situation.ts';
import type { TraceStep } from './trace.ts';

/** An answer with every step of the order that was taken. The last one decided, unless the answer is an error. */
export interface Explanation {
  readonly evaluation: Evaluation;
  readonly steps: readonly TraceStep[];
}

/** What `evaluate` would answer, and why. To ask is not to serve: no assignment of a sticky flag is made or forgotten. */
export function explain(flags: CompiledFlags, key: string, context: Context, situation?: Situation): Explanation {
  const steps: TraceStep[] = [];
  const evaluation = decide(flags, key, context, situation && withoutWriting(situation), (step) => steps.push(step));
  return { evaluation, steps };
}

function withoutWriting(situation: Situation): Situation {
  const { assignments } = situation;
  if (assignments === undefined) return situation;
  const get: Assignments['get'] = (flag, unit) => assignments.get(flag, unit);
  return { ...situation, assignments: { get, set: () => {}, delete: () => {} } };
}

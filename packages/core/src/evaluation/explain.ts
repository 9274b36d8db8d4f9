import type { Context } from '../conditions/attribute.ts';
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

export function explain(flags: CompiledFlags, key: string, context: Context, situation?: Situation): Explanation {
  const steps: TraceStep[] = [];
  const evaluation = decide(flags, key, context, situation, (step) => steps.push(step));
  return { evaluation, steps };
}

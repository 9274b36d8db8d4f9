import type { CompiledRollout } from './compile-rollout.ts';

/** One step of the order of evaluation, with what it saw. */
export type TraceStep =
  | { readonly step: 'enabled' | 'killed'; readonly passed: false }
  | { readonly step: 'switch' | 'rule'; readonly name: string; readonly passed: boolean }
  | {
      readonly step: 'rollout';
      readonly rollout: CompiledRollout;
      /** Absent where every unit gets the same answer, so none was read. */
      readonly unit: string | undefined;
      readonly position: number;
      readonly entered: boolean;
      /** The unit's position in the split, where there is one to choose from. */
      readonly split: number | undefined;
      readonly compared: boolean;
    }
  | { readonly step: 'control' };

export type Trace = (step: TraceStep) => void;

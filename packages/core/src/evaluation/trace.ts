import type { CompiledRollout } from './compile-rollout.ts';

/** One step of the order of evaluation, with what it saw. */
export type TraceStep =
  | { readonly step: 'enabled' | 'killed'; readonly passed: false }
  | { readonly step: 'switch' | 'rule' | 'holdout'; readonly name: string; readonly passed: boolean }
  | {
      readonly step: 'prerequisite';
      /** The flag that was asked. */
      readonly name: string;
      /** What it served. */
      readonly variant: string | undefined;
      readonly passed: boolean;
    }
  | { readonly step: 'target'; readonly variant: string | undefined }
  | { readonly step: 'layer'; readonly name: string; readonly slot: number; readonly passed: boolean }
  | {
      readonly step: 'rollout';
      readonly rollout: CompiledRollout;
      /** Absent where every unit gets the same answer, so none was read. */
      readonly unit: string | undefined;
      /** With a vendor's bucketing, the place in that vendor's scale. */
      readonly position: number;
      readonly entered: boolean;
      /** The unit's position in the split, where there is one to choose from. A vendor's has no position of its own. */
      readonly split: number | undefined;
      readonly compared: boolean;
    }
  /** The unit keeps this variant; `null` is the caller's default. */
  | { readonly step: 'sticky'; readonly variant: string | null }
  | { readonly step: 'control' };

export type Trace = (step: TraceStep) => void;

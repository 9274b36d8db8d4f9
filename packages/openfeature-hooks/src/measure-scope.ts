import { AsyncLocalStorage } from 'node:async_hooks';
import type { Assignment, Recorder, Run } from '@sluice/core';

/** What `measure` has under way here: first the evaluation of its flag, then the work. */
export type MeasureScope = EvaluationScope | WorkScope;

/** A slot into which a `QualityHook` writes whom it saw assigned, and to which recorder the run belongs. */
export interface EvaluationScope {
  readonly stage: 'evaluation';
  readonly flag: string;
  bound?: { readonly recorder: Recorder; readonly assignment: Assignment };
  /** Why a hook that answered could bind nothing. */
  unbound?: string;
}

interface WorkScope {
  readonly stage: 'work';
  readonly run: Run;
}

const place = Symbol.for('@sluice/openfeature-hooks/measure-scopes/1');

/**
 * On globalThis, because a process can hold this module twice, as ESM and as CommonJS: the hook registered by one copy
 * must find the scope that the other copy's `measure` opened. The number changes when the shape of a scope does.
 */
export const measureScopes: AsyncLocalStorage<MeasureScope> = shared();

function shared(): AsyncLocalStorage<MeasureScope> {
  const holder = globalThis as { [place]?: AsyncLocalStorage<MeasureScope> };
  holder[place] ??= new AsyncLocalStorage();
  return holder[place];
}

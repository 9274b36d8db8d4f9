import type { Run } from '@sluice/core';
import { uuidV7Generator } from './uuid-v7.ts';

/** Feedback on a detached run is accepted and recorded nowhere. */
export const detachedToken = 'detached';

const runId = uuidV7Generator();

/** A run that records nothing: no variant did its work. Its id is good for a log, and names nothing that is stored. */
export function detachedRun(flag: string): Run {
  return {
    id: runId(Date.now()),
    assignment: { flag, variant: '', arm: 'none', stage: '', unit: '' },
    record: () => {},
    token: () => detachedToken,
  };
}

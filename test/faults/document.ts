export const SWITCH = 'ai-agent';

/** Stands behind the switch. */
export const FLAG = 'support-model';

/** Stands behind no switch; can be killed by itself. */
export const OTHER_FLAG = 'summary-model';

/** Keeps to what it gave a unit; behind no switch either. */
export const STICKY_FLAG = 'tone-model';

export const CONTROL = 'gpt-4o';
export const CANDIDATE = 'claude-sonnet-4';

/** Everybody gets the candidate, but of the sticky flag, which `stickyPercentage` do who have none yet. */
export function documentOfTheTests(stickyPercentage = 100) {
  const variants = { control: CONTROL, candidate: CANDIDATE };
  const model = { variants, control: 'control', rollout: { percentage: 100, serve: 'candidate' } };
  return {
    sluice: 1,
    switches: { [SWITCH]: { enabled: true } },
    flags: {
      [FLAG]: { ...model, requires: [SWITCH] },
      [OTHER_FLAG]: model,
      [STICKY_FLAG]: { ...model, sticky: true, rollout: { percentage: stickyPercentage, serve: 'candidate' } },
    },
  };
}

/** What the processes of `switches.mjs` and their parent agree on. */
export const SWITCH = 'ai-agent';
export const FLAG = 'support-model';

/** What the flag serves, by its switch. */
export const SERVED = { on: 'claude-sonnet-4', off: 'gpt-4o' };

/** Carries messages of the same size as a kill to subscribers that do nothing with them. */
export const BARE_CHANNEL = 'bare';

/** Of `@sluice/redis`, by default. */
export const CHANNEL = '{sluice}:changes';

export const DOCUMENT = `sluice: 1
switches:
  ${SWITCH}: { enabled: true }
flags:
  ${FLAG}:
    kind: model
    requires: [${SWITCH}]
    variants: { control: ${SERVED.off}, candidate: ${SERVED.on} }
    control: control
    rules:
      - { when: { plan: enterprise }, serve: control }
    rollout: { percentage: 100, serve: candidate }
`;

/** Milliseconds by the clock that all processes of a machine share. */
export const now = () => Number(process.hrtime.bigint()) / 1e6;

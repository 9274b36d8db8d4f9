import type { Assignments } from '../contracts/assignments.ts';
import type { SwitchStates } from '../contracts/switches.ts';

/** Switch states as an evaluation sees them. */
export type SwitchesInForce = Pick<SwitchStates, 'switches' | 'flags'>;

/** What an answer depends on beside the document and the context. */
export interface Situation {
  /** What is switched now; it beats the document. @default nothing */
  readonly switches?: SwitchesInForce;
  /**
   * ms since the epoch, asked for only where a condition, an assignment or a switch state that expires needs the time.
   * @default no time is known: conditions on it are false, and assignments and switch states don't expire
   */
  readonly now?: () => number;
  /** What sticky flags gave before. @default they bucket like any other flag */
  readonly assignments?: Assignments;
}

import { studentTCdf } from './student-t.ts';

/** A difference, the standard error it is judged by, and the degrees of freedom of that. */
export interface Difference {
  readonly difference: number;
  readonly standardError: number;
  readonly df: number;
}

/** P of a difference this high or higher where truly there is none; 1 where nothing varies, for nothing is proved. */
export function pValueHigher({ difference, standardError, df }: Difference): number {
  return standardError === 0 ? 1 : studentTCdf(-difference / standardError, df);
}

/** P of a difference this low or lower where truly there is none; 1 where nothing varies. */
export function pValueLower({ difference, standardError, df }: Difference): number {
  return standardError === 0 ? 1 : studentTCdf(difference / standardError, df);
}

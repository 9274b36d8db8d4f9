import { strictVersion } from '../strict-version.ts';
import type { Generation } from './flagd-report.ts';

/** A version that flagd accepts, as a semantic version. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  /** All of it but what a comparison passes over. */
  readonly text: string;
}

const PARTIAL = /^\d+(\.\d+)?$/;

/** Generation 2 passes over one v or V and completes a version of one or two numbers. */
export function readVersion(text: string, generation: Generation): Version | undefined {
  if (text.length > 256) return undefined;
  const bare = generation === 2 ? text.replace(/^[vV]/, '') : text;
  const strict = strictVersion(bare);
  if (strict === undefined) return generation === 2 && PARTIAL.test(bare) ? completed(bare) : undefined;
  const [major = 0, minor = 0] = strict.split('.', 2).map(Number);
  return { major, minor, text: strict };
}

function completed(partial: string): Version | undefined {
  return readVersion(partial.includes('.') ? `${partial}.0` : `${partial}.0.0`, 1);
}

/** The versions that stand in a relation to one, as a range; `undefined` for a relation that flagd does not know. */
export function versionRange(relation: string, { major, minor, text }: Version): string | undefined {
  switch (relation) {
    case '=':
      return text;
    case '!=':
      return `<${text} || >${text}`;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return `${relation}${text}`;
    case '^':
      return `>=${major}.0.0-0 <${major + 1}.0.0-0`;
    case '~':
      return `>=${major}.${minor}.0-0 <${major}.${minor + 1}.0-0`;
    default:
      return undefined;
  }
}

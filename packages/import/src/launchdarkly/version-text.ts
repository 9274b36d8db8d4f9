import { strictVersion } from '../strict-version.ts';

/**
 * The version that LaunchDarkly reads in a text, without its build, which no comparison sees; missing parts count as 0.
 * `undefined` where it reads none.
 */
export function versionIn(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.startsWith('v')) return undefined;
  const strict = strictVersion(text);
  if (strict !== undefined) return strict;
  const [beginning, minor, patch] = /^\d+(\.\d+)?(\.\d+)?/.exec(text) ?? [];
  if (beginning === undefined) return undefined;
  const missing = (minor === undefined ? '.0' : '') + (patch === undefined ? '.0' : '');
  return strictVersion(beginning + missing + text.slice(beginning.length));
}

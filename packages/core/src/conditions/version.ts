import SemVer from 'semver/classes/semver.js';

/** A strict semantic version; a leading `v` and spaces around it are passed over. */
export function parseVersion(text: string): SemVer | undefined {
  try {
    return new SemVer(text);
  } catch {
    return undefined;
  }
}

const BEGINNING = /^\d+(\.\d+)?(\.\d+)?/;

/**
 * The text itself where it is a version; where it begins as one, with the parts that are missing: `2` is `2.0.0` and
 * `2.1-rc` is `2.1.0-rc`. Only digits begin a version, so `v2.0.0` is one and `v2` is none.
 */
export function completeVersion(text: string): string | undefined {
  if (parseVersion(text) !== undefined) return text;
  const [beginning, minor, patch] = BEGINNING.exec(text) ?? [];
  if (beginning === undefined) return undefined;
  const missing = (minor === undefined ? '.0' : '') + (patch === undefined ? '.0' : '');
  const complete = beginning + missing + text.slice(beginning.length);
  return parseVersion(complete) === undefined ? undefined : complete;
}

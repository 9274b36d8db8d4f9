const STRICT =
  /^v?((?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?)(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

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

function strictVersion(text: string): string | undefined {
  if (text.length > 256) return undefined;
  const version = STRICT.exec(text.trim())?.[1];
  const numbers = version?.split('-', 1)[0]?.split('.') ?? [];
  return numbers.some((each) => Number(each) > Number.MAX_SAFE_INTEGER) ? undefined : version;
}

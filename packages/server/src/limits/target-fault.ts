import type { RefusalCause } from '../refusal.ts';

/** Long enough for any flag's key, percent-encoded. */
const LONGEST_PATH = 2_048;

export interface TargetFault {
  readonly status: 400 | 414;
  readonly cause: RefusalCause;
  readonly message: string;
}

/**
 * What is wrong with a request's target as it was sent, before anything has made it look better: two programs that read such
 * a path differently are how a guard in front of the server is passed.
 */
export function targetFault(target: string): TargetFault | undefined {
  const path = target.split('?', 1)[0] ?? '';
  if (path.length > LONGEST_PATH) return { status: 414, cause: 'path', message: 'The path is too long.' };
  const decoded = decodedPath(path);
  if (decoded === undefined || hasControls(decoded) || decoded.includes('\\') || !decoded.startsWith('/')) {
    return { status: 400, cause: 'path', message: 'The path is malformed.' };
  }
  const segments = decoded.slice(1).split('/');
  const odd = segments.some((segment, at) => segment === '.' || segment === '..' || (segment === '' && at > 0));
  return odd || (segments[0] === '' && segments.length > 1)
    ? { status: 400, cause: 'path', message: 'The path has empty or dotted segments.' }
    : undefined;
}

function decodedPath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 0x20 || text.charCodeAt(at) === 0x7f) return true;
  return false;
}

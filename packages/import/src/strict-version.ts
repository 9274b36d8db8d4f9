const NUMBER = '(?:0|[1-9]\\d*)';
const LABEL = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][\\dA-Za-z-]*)';
const VERSION = new RegExp(
  `^v?(${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-${LABEL}(?:\\.${LABEL})*)?)(?:\\+[\\dA-Za-z-]+(?:\\.[\\dA-Za-z-]+)*)?$`,
);

const LONGEST = 256;

/**
 * A version as node-semver reads one strictly, with a `v` or without and spaces around it passed over: without its build,
 * which orders nothing. `undefined` where it is none.
 */
export function strictVersion(text: string): string | undefined {
  const version = text.length > LONGEST ? undefined : VERSION.exec(text.trim())?.[1];
  const [numbers = ''] = version?.split('-', 1) ?? [];
  return numbers.split('.').every((each) => Number.isSafeInteger(Number(each))) ? version : undefined;
}

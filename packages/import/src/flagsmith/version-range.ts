/** As node-semver reads one strictly: with a `v` or without, spaces around it passed over. */
const VERSION =
  /^v?((?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?)(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;

const LONGEST = 256;

/** The version without its build, which orders nothing; `undefined` where it is none, and so is compared with nothing. */
export function readVersion(text: string): string | undefined {
  const version = text.length > LONGEST ? undefined : VERSION.exec(text.trim())?.[1];
  const [numbers = ''] = version?.split('-', 1) ?? [];
  return numbers.split('.').every((each) => Number.isSafeInteger(Number(each))) ? version : undefined;
}

import type { Path } from '@sluice/core';

/** A part of the input and where it stands there. */
export interface Placed {
  readonly value: unknown;
  readonly path: Path;
}

/** The members of a list, none where it is no list. */
export function placed(list: unknown, path: Path): readonly Placed[] {
  return Array.isArray(list) ? list.map((value: unknown, index) => ({ value, path: [...path, index] })) : [];
}

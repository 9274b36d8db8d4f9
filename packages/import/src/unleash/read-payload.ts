import type { JsonValue, Path } from '@sluice/core';
import { isRecord } from '../plain-json.ts';
import { quote } from './unleash-definitions.ts';
import type { Construct, UnleashNoting } from './unleash-report.ts';

export interface Payload {
  /** `undefined` where the variant has none. */
  readonly value: JsonValue | undefined;
  readonly construct: Construct;
}

/** A payload by its type, as Unleash's OpenFeature provider reads it; `undefined` where it cannot be read, which is noted. */
export function readPayload(payload: unknown, path: Path, noting: UnleashNoting): Payload | undefined {
  if (payload === undefined || payload === null) return { value: undefined, construct: 'payload none' };
  const { type, value } = isRecord(payload) ? payload : {};
  const read = typeof type === 'string' && Object.hasOwn(readers, type) ? readers[type] : undefined;
  const result = typeof value === 'string' ? read?.(value) : undefined;
  if (result === undefined || result === null) {
    noting.note(
      'payload',
      path,
      `${quote(value)} cannot be read as ${quote(type)}; the variants beside it are left out`,
    );
    return undefined;
  }
  return { value: result, construct: `payload ${type}` as Construct };
}

const readers: Readonly<Record<string, (text: string) => JsonValue | undefined>> = {
  string: (text) => text,
  csv: (text) => text,
  number: (text) => (Number.isFinite(Number(text)) ? Number(text) : undefined),
  json: (text) => {
    try {
      return JSON.parse(text) as JsonValue;
    } catch {
      return undefined;
    }
  },
};

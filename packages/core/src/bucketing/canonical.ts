import { xxh32 } from './hash.ts';

/**
 * JSON text that does not depend on the order in which keys were written, so equal content gives equal text: RFC 8785,
 * whose order of keys is that of their UTF-16 units.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  let text = '';
  if (Array.isArray(value)) {
    for (const entry of value) text += `${text === '' ? '' : ','}${canonicalJson(entry)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Sixteen hexadecimal digits that change with the content. Not a signature: made to tell versions apart. */
export function fingerprint(text: string): string {
  return shortFingerprint(text) + hexadecimal(xxh32(text, 0x5157ce));
}

/** Eight digits, for what is told apart within one flag. */
export function shortFingerprint(text: string): string {
  return hexadecimal(xxh32(text, 0));
}

function hexadecimal(value: number): string {
  return value.toString(16).padStart(8, '0');
}

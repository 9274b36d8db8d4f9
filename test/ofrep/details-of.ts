import type { AskedType } from './asked-for.ts';

/** The parts of an answer that an application sees. */
export interface Details {
  readonly value: unknown;
  readonly variant: string | undefined;
  readonly reason: string | undefined;
  readonly errorCode: string | undefined;
  readonly flagMetadata: unknown;
}

/** Any client's details by the type's name: the server SDK's are promised, the web SDK's are there at once. */
export async function detailsOf(
  client: unknown,
  type: AskedType,
  key: string,
  defaultValue: unknown,
  context: object,
): Promise<Details> {
  const method = `get${type.charAt(0).toUpperCase()}${type.slice(1)}Details`;
  const ask = client as Record<string, (key: string, defaultValue: unknown, context: object) => unknown>;
  const details = (await ask[method]?.(key, defaultValue, context)) as Details;
  const { value, variant, reason, errorCode, flagMetadata } = details;
  return { value, variant, reason, errorCode, flagMetadata };
}

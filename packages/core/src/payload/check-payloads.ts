import type { Flag, Kind } from '../document/flag.ts';
import type { Path } from '../document/problem.ts';
import type { Reader, Review } from '../document/review.ts';
import { variantsOf } from '../document/variants.ts';
import { applySchema } from './apply-schema.ts';
import { checkSchema } from './check-schema.ts';
import { modelPayload, parametersPayload } from './model-payload.ts';
import { promptPayload } from './prompt-payload.ts';
import { agentPayload, toolPayload } from './tool-payload.ts';

const byKind: Readonly<Partial<Record<Kind, Reader>>> = {
  model: modelPayload,
  prompt: promptPayload,
  tool: toolPayload,
  parameters: parametersPayload,
  agent: agentPayload,
};

/**
 * Checks every variant's value against the flag's own schema or, where it has none, against what its kind says. Only parts
 * in which nothing was refused so far are looked at.
 */
export function checkPayloads(flag: Flag, path: Path, review: Review): void {
  const { kind, schema } = review.sound(flag, path);
  // Where the variants are on and off, nothing is written that could be pointed at but the flag itself.
  const written = Object.hasOwn(flag, 'variants');
  const variants = written ? review.sound(flag.variants, [...path, 'variants']) : variantsOf({});
  const read = Object.hasOwn(flag, 'schema')
    ? readerOf(schema, [...path, 'schema'], review)
    : kind && written && byKind[kind];
  if (!read) return;
  for (const [name, value] of Object.entries(variants)) {
    read(value, written ? [...path, 'variants', name] : [...path, 'schema'], review);
  }
}

function readerOf(schema: Flag['schema'], path: Path, review: Review): Reader | undefined {
  const checked = schema === undefined ? undefined : checkSchema(schema, path, review);
  return checked && ((value, at) => applySchema(checked, value, at, review));
}

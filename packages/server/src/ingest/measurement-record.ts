import type { MeasurementRecord } from '@sluice/core';
import { z } from 'zod';

const DAY_MS = 86_400_000;

/** As long as a document's names may be, in UTF-16 units, and a rule's name before its stage. */
const name = z.string().max(512);

const arms = z.enum(['candidate', 'control', 'none']);

const base = {
  v: z.literal(1),
  id: z.uuidv7(),
  // A clock that is a day ahead is wrong; one that is behind may be a queue that waited.
  at: z
    .int()
    .positive()
    .refine((at) => at <= Date.now() + DAY_MS, 'is more than a day ahead; set the clock right'),
  flag: name.min(1),
  variant: name,
  arm: arms,
  stage: z.string().max(600),
  unit: z.string().min(1).max(1_024),
};

const record = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('exposure'),
    domain: name.optional(),
    share: z.number().min(0).max(1).optional(),
  }),
  z.object({ ...base, type: z.literal('outcome'), run: z.uuidv7(), metric: name, value: z.number() }),
]);

/** A record as a line of JSON, or a sentence why it is none. Members that a newer recorder may write are left out. */
export function readRecord(line: string): MeasurementRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `is not JSON: ${(error as Error).message}`;
  }
  const result = record.safeParse(value);
  // JSON carries no undefined.
  if (result.success) return result.data as MeasurementRecord;
  return result.error.issues.map(({ path, message }) => `${path.join('.') || 'record'}: ${message}`).join('; ');
}

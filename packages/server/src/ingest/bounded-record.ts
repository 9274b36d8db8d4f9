import { z } from 'zod';

const MAX_MEMBERS = 100;

/** A record whose members are counted before they are looked at: a body has room for a hundred thousand. */
export function boundedRecord<Value>(value: z.ZodType<Value>): z.ZodType<Readonly<Record<string, Value>>> {
  return z.preprocess(
    (given, context) => {
      if (typeof given === 'object' && given !== null && Object.keys(given).length > MAX_MEMBERS) {
        context.addIssue(`has more than ${MAX_MEMBERS} members`);
      }
      return given;
    },
    z.record(z.string().min(1).max(512), value),
  );
}

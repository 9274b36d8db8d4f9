/** The context that an evaluation is about: OpenFeature's, or any object. */
export type Context = Readonly<Record<string, unknown>>;

export type AttributeReader = (context: Context) => unknown;

/**
 * Reads an attribute by name, or by dotted path where no attribute has the whole name: `user.plan` is the attribute
 * `user.plan`, else `plan` within `user`. `undefined` where it is missing; `null` counts as missing.
 *
 * Plain property reads, because what they can find on `Object.prototype` is functions, and a function is no attribute.
 */
export function attributeReader(name: string): AttributeReader {
  const known = readers.get(name);
  if (known !== undefined) return known;
  const reader = name.includes('.') ? byPath(name, name.split('.')) : byName(name);
  if (readers.size < MAX_READERS) readers.set(name, reader);
  return reader;
}

/** Flags by the thousand ask for the same few attributes, so a reader is made once a name. Bounded, as documents change. */
const readers = new Map<string, AttributeReader>([
  // Nearly every evaluation reads this one; a name in the code is read faster than a name in a variable.
  ['targetingKey', (context) => present(context['targetingKey'])],
]);
const MAX_READERS = 1000;

const byName =
  (name: string): AttributeReader =>
  (context) =>
    present(context[name]);

const byPath =
  (name: string, steps: readonly string[]): AttributeReader =>
  (context) => {
    const whole = present(context[name]);
    if (whole !== undefined) return whole;
    let value: unknown = context;
    for (const step of steps) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = (value as Context)[step];
    }
    return present(value);
  };

/** The value; `undefined` where it counts as missing. */
export function present(value: unknown): unknown {
  return value === null || typeof value === 'function' ? undefined : value;
}

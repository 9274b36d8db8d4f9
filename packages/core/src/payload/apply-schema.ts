import { type OutputUnit, type Schema, validate } from '@cfworker/json-schema';
import type { Path } from '../document/problem.ts';
import type { Review } from '../document/review.ts';
import type { CheckedSchema } from './check-schema.ts';
import { misfitMessage, partOf } from './schema-message.ts';

/** References followed for one payload. Schemas that refer to others twice, and those again, would otherwise never be done. */
const MAX_REFERENCES = 20_000;

/** More problems of one payload help nobody. */
const MAX_PROBLEMS = 20;

/** Keywords that only say that a part of the value, or a schema they hold, did not fit; that is a problem of its own. */
const WRAPPERS = new Set([
  '$ref',
  'allOf',
  'if',
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'dependentSchemas',
  'prefixItems',
  'items',
  'unevaluatedItems',
]);

/** Keywords of which one problem is told, and not everything that kept a value from fitting the schemas they hold. */
const SUMS: Readonly<Record<string, string>> = {
  anyOf: 'anyOf',
  oneOf: 'oneOf',
  contains: 'contains',
  minContains: 'contains',
  propertyNames: 'propertyNames',
};

/** Checks a payload against a schema, noting each misfit where in the payload it is. */
export function applySchema(checked: CheckedSchema, payload: unknown, path: Path, review: Review): void {
  const { schema } = checked;
  let left = MAX_REFERENCES;
  const lookup = new Proxy<Record<string, Schema | boolean>>(Object.create(null), {
    get: (_target, reference) => {
      if (--left < 0) throw new Error(`it follows more than ${MAX_REFERENCES} references`);
      return checked.follow(String(reference));
    },
  });
  let errors: readonly OutputUnit[];
  try {
    // Without the lookup the library would write its own marks into the document.
    errors = validate(payload, schema as Schema, '2020-12', lookup, false).errors;
  } catch (error) {
    const reason = error instanceof RangeError ? 'it is nested too deep' : (error as Error).message;
    return review.refuseReference(path, `cannot be checked against its schema: ${reason}; make the schema simpler`);
  }
  const told = new Set<string>();
  for (const error of misfits(errors)) {
    const part = partOf(payload, error.instanceLocation);
    const message = misfitMessage(error, part.value, checked);
    const key = JSON.stringify([part.path, message]);
    if (told.has(key)) continue;
    told.add(key);
    review.refuseReference([...path, ...part.path], message);
    if (told.size === MAX_PROBLEMS) return;
  }
}

/** Those errors that an author has to mend. */
function misfits(errors: readonly OutputUnit[]): readonly OutputUnit[] {
  const summed = errors.flatMap(({ keyword, keywordLocation }) =>
    Object.hasOwn(SUMS, keyword) ? [`${keywordLocation.slice(0, -keyword.length)}${SUMS[keyword]}/`] : [],
  );
  const found = errors.filter(
    ({ keyword, keywordLocation }) =>
      !WRAPPERS.has(keyword) && !summed.some((location) => keywordLocation.startsWith(location)),
  );
  return found.length > 0 ? found : errors.slice(0, 1);
}

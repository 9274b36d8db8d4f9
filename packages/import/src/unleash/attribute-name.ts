import type { Path } from '@sluice/core';
import { isAccepted } from './accepted.ts';
import { quote } from './unleash-definitions.ts';
import type { Report } from './unleash-report.ts';

/**
 * Names that mean something else in a document than in Unleash: words of a condition, the unit (Unleash's is `userId`), and
 * what the SDK finds in every context, because it reads names that JavaScript gives every object.
 */
const otherwiseTaken = new Set(['now', 'targetingKey', 'properties', ...Object.getOwnPropertyNames(Object.prototype)]);

/** The SDK fills these itself where a context has none. */
const filledBySdk = new Set(['appName', 'environment']);

/** The attribute of an OpenFeature context that is this field of Unleash's; `undefined` where there is none. */
export function attributeName(contextName: unknown, path: Path, report: Report): string | undefined {
  if (contextName === 'userId') return 'targetingKey';
  if (
    typeof contextName !== 'string' ||
    otherwiseTaken.has(contextName) ||
    !isAccepted({ [contextName]: { exists: true } })
  ) {
    const message = `reads ${quote(contextName)}, which cannot be the name of an attribute; what depends on it is left out`;
    report.note('context-name', path, message);
    return undefined;
  }
  if (filledBySdk.has(contextName)) {
    const message = `reads ${contextName}, which the SDK fills from its own settings; set it in OpenFeature's global context`;
    report.note('static-context', path, message);
  }
  if (contextName.includes('.')) {
    const message = `reads ${quote(contextName)}, which here is a path too: contexts that nest objects of these names may differ`;
    report.note('dotted-name', path, message);
  }
  return contextName;
}

import type { Path } from '@sluice/core';
import { isAttributeName } from '../accepted.ts';
import { isInherited } from '../reserved-names.ts';
import { quote } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** Names that mean something else in a document than in Unleash: the unit (Unleash's is `userId`), and where the SDK looks. */
const otherwiseTaken = new Set(['targetingKey', 'properties']);

/** The SDK fills these itself where a context has none. */
const filledBySdk = new Set(['appName', 'environment']);

/** The attribute of an OpenFeature context that is this field of Unleash's; `undefined` where there is none. */
export function attributeName(contextName: unknown, path: Path, noting: UnleashNoting): string | undefined {
  if (contextName === 'userId') return 'targetingKey';
  if (
    typeof contextName !== 'string' ||
    otherwiseTaken.has(contextName) ||
    isInherited(contextName) ||
    !isAttributeName(contextName)
  ) {
    const message = `reads ${quote(contextName)}, which cannot be the name of an attribute; what depends on it is left out`;
    noting.note('context-name', path, message);
    return undefined;
  }
  if (filledBySdk.has(contextName)) {
    const message = `reads ${contextName}, which the SDK fills from its own settings; set it in OpenFeature's global context`;
    noting.note('static-context', path, message);
  }
  if (contextName.includes('.')) {
    const message = `reads ${quote(contextName)}, which here is a path too: contexts that nest objects of these names may differ`;
    noting.note('dotted-name', path, message);
  }
  return contextName;
}

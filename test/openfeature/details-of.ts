import type { Client, EvaluationContext, EvaluationDetails, FlagValue } from '@openfeature/server-sdk';

/** Evaluates by the accessor of the default's type, as every row of a scenario does. */
export function detailsOf(
  client: Client,
  key: string,
  value: FlagValue,
  context: EvaluationContext = {},
): Promise<EvaluationDetails<FlagValue>> {
  switch (typeof value) {
    case 'boolean':
      return client.getBooleanDetails(key, value, context);
    case 'string':
      return client.getStringDetails(key, value, context);
    case 'number':
      return client.getNumberDetails(key, value, context);
    default:
      return client.getObjectDetails(key, value, context);
  }
}

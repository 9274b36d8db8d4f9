import { exactly } from '../goals.mjs';
import { askOnce } from '../processes.mjs';

const names = ['constant', 'in-memory', 'sluice', 'flagd-core', 'growthbook', 'launchdarkly', 'unleash'];

/** Promises that one evaluation through the client makes. A count, so free of noise. */
export async function promises() {
  const results = [];
  for (const name of names) {
    results.push({
      name,
      ...(await askOnce(name, 'start', 'promises', { peer: name, path: 'client', type: 'object' })),
    });
  }
  const of = (wanted) => results.find((row) => row.name === wanted);
  const { constant, sluice } = { constant: of('constant'), sluice: of('sluice') };
  const table = {
    title: 'Promises made by one evaluation through the client',
    columns: ['getObjectDetails', 'getBooleanValue'],
    rows: results.map((row) => [row.name, String(row.object), String(row.boolean)]),
    results,
  };
  const goals = [
    exactly("promises of getObjectDetails, a constant provider's number", sluice.object, constant.object),
    exactly("promises of getBooleanValue, a constant provider's number", sluice.boolean, constant.boolean),
  ];
  return { tables: [table], goals };
}

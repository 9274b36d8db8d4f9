import {
  compileDocument,
  type Document,
  evaluate,
  parseDocument,
  readSwitchStates,
  type SwitchStates,
} from '@sluice/core';
import golden from '@sluice/core/golden/07-evaluations.json' with { type: 'json' };
import { memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import { ofrepAnswer } from '../src/ofrep/ofrep-answer.ts';
import { runningServer } from './running-server.ts';

const document = golden.documents.outcomes;
type Case = (typeof golden.cases)[number] & { readonly states?: object };

describe('OFREP over HTTP', () => {
  it.each(golden.cases as Case[])('answers as in process, one by one and in bulk: $name', async (golden) => {
    const states = readSwitchStates({ revision: 1, ...(golden.states ?? { switches: {}, flags: {} }) });
    const { post } = await runningServer({ source: memorySource(document), switches: await switchesWith(states) });
    const flags = compileDocument(parseDocument(document).document as Document);
    const evaluation = evaluate(flags, golden.flag, golden.context, { switches: states, now: Date.now });
    const expected = JSON.parse(JSON.stringify(ofrepAnswer(golden.flag, evaluation, { showsVersion: true })));

    const one = await post(`/ofrep/v1/evaluate/flags/${encodeURIComponent(golden.flag)}`, { context: golden.context });
    expect(await one.json()).toEqual(expected);
    expect(one.status).toBe(
      evaluation.errorCode === undefined ? 200 : evaluation.errorCode === 'FLAG_NOT_FOUND' ? 404 : 400,
    );

    const bulk = (await (await post('/ofrep/v1/evaluate/flags', { context: golden.context })).json()) as {
      flags: { key: string }[];
    };
    const missing = evaluation.errorCode === 'FLAG_NOT_FOUND';
    expect(bulk.flags.filter(({ key }) => key === golden.flag)).toEqual(missing ? [] : [expected]);
  });
});

async function switchesWith(states: SwitchStates): Promise<ReturnType<typeof memorySwitches>> {
  const switches = memorySwitches();
  for (const [name, state] of states.switches) await switches.set({ switch: name }, state);
  for (const [key, state] of states.flags) await switches.set({ flag: key }, state);
  return switches;
}

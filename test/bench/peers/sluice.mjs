import { compileDocument, evaluate } from '@sluice/core';
import { parseText } from '@sluice/core/text';
import { memorySource, SluiceProvider } from '@sluice/openfeature-provider';
import {
  BOOLEAN_FLAG,
  COUNTRIES,
  contextOf,
  fillerKeys,
  fillerPayloads,
  MODELS,
  OBJECT_FLAG,
  PERCENTAGE,
  PLAN,
} from '../job.mjs';

const rules = (serve) => [
  { when: { country: COUNTRIES }, serve },
  { when: { plan: PLAN }, serve },
];

function documentWith(fillers) {
  const flags = {
    [OBJECT_FLAG]: {
      variants: MODELS,
      control: 'control',
      rules: rules('strong'),
      rollout: { percentage: PERCENTAGE, split: { fast: 50, strong: 50 } },
    },
    [BOOLEAN_FLAG]: { rollout: { percentage: PERCENTAGE, serve: 'on' } },
  };
  for (const key of fillerKeys(fillers)) {
    flags[key] = {
      variants: fillerPayloads(key),
      control: 'control',
      rules: rules('candidate'),
      rollout: { percentage: PERCENTAGE, split: { control: 50, candidate: 50 } },
    };
  }
  return { sluice: 1, flags };
}

/** @param {{ fillers?: number, everyFlag?: boolean }} options `everyFlag` asks for each flag of the document in turn. */
export async function setUp({ fillers = 0, everyFlag = false } = {}) {
  const document = documentWith(fillers);
  const flags = compileDocument(document);
  const keys = everyFlag ? fillerKeys(fillers) : [OBJECT_FLAG];
  let turn = 0;
  const nextKey = () => {
    turn = turn + 1 === keys.length ? 0 : turn + 1;
    return keys[turn];
  };
  return {
    object: everyFlag
      ? (id) => evaluate(flags, nextKey(), contextOf(id))
      : (id) => evaluate(flags, OBJECT_FLAG, contextOf(id)),
    boolean: (id) => evaluate(flags, BOOLEAN_FLAG, contextOf(id)),
    valueOf: (evaluation) => evaluation.value,
    provider: () => new SluiceProvider(memorySource(document)),
  };
}

export const flagsText = (count) => JSON.stringify(documentWith(count - 2));

/** What a source and the provider do with a document's text. */
export function load(text) {
  const { document, problems } = parseText(text);
  if (document === undefined || problems.length > 0) throw new Error(`${problems.length} problems in the document`);
  return compileDocument(document);
}

export const countOf = (loaded) => [...loaded.flags.keys()].length;

/** Sluice compiles a flag when it is first asked for, so what that costs and keeps shows only then. */
export function askEach(loaded) {
  for (const key of loaded.flags.keys()) evaluate(loaded, key, contextOf('user-1'));
}

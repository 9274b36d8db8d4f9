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

const job = {
  variants: MODELS,
  control: 'control',
  rollout: { percentage: PERCENTAGE, split: { fast: 50, strong: 50 } },
};

/** The same units get the same, by the last of so many rules on one attribute. */
function byLastRule(count) {
  const others = Array.from({ length: count - 1 }, (_, index) => ({ when: { country: `C${index}` }, serve: 'strong' }));
  const { rollout, ...rest } = job;
  return { ...rest, rules: [...others, { when: { country: 'US' }, rollout }] };
}

/** The job with so many units that are targets of a variant, none of whom is ever asked for. */
function besideTargets(count) {
  const units = Array.from({ length: count }, (_, index) => `target-${index}`);
  return { ...job, targets: { strong: units } };
}

function documentWith(fillers, object = { ...job, rules: rules('strong') }) {
  const flags = {
    [OBJECT_FLAG]: object,
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

/**
 * @param {{ fillers?: number, everyFlag?: boolean, ruleCount?: number, targetCount?: number }} options `everyFlag` asks for
 * each flag of the document in turn.
 */
export async function setUp({ fillers = 0, everyFlag = false, ruleCount, targetCount } = {}) {
  const document = documentWith(fillers, objectFlag(ruleCount, targetCount));
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

function objectFlag(ruleCount, targetCount) {
  if (ruleCount !== undefined) return byLastRule(ruleCount);
  return targetCount === undefined ? undefined : besideTargets(targetCount);
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

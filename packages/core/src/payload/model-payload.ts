import { describe, type Members, type Reader } from '../document/review.ts';
import { isObject } from '../json.ts';
import { boolean, numberBetween, objectWith, oneOrMany, spelled, string, wholeNumber, words } from './members.ts';

const count = wholeNumber(1);
const share = numberBetween(0, 1);
const penalty = numberBetween(-2, 2);

/** What models are called with, by the names that vendors and their SDKs give it. */
const modelNumbers: Members = {
  temperature: numberBetween(0, 2),
  seed: wholeNumber(Number.MIN_SAFE_INTEGER),
  stream: boolean,
  ...spelled(share, 'topP', 'top_p', 'minP', 'min_p'),
  // Some servers take -1 for "all".
  ...spelled(wholeNumber(-1), 'topK', 'top_k'),
  ...spelled(penalty, 'frequencyPenalty', 'frequency_penalty', 'presencePenalty', 'presence_penalty'),
  ...spelled(count, 'maxTokens', 'max_tokens', 'maxOutputTokens', 'max_output_tokens'),
  ...spelled(count, 'maxCompletionTokens', 'max_completion_tokens', 'maxNewTokens', 'max_new_tokens'),
  ...spelled(oneOrMany(string), 'stop', 'stopSequences', 'stop_sequences'),
  ...spelled(words('a level such as "high"'), 'reasoningEffort', 'reasoning_effort'),
};

const settings = objectWith(modelNumbers);

const modelName = words('the name of a model, such as "gpt-4o"');
const providerName = words('the name of a provider, such as "openai"');

/** A model by its name, or as LaunchDarkly's AI configs write it: `{ name, parameters }`. */
const model: Reader = (value, path, review) => {
  if (isObject(value)) modelObject(value, path, review);
  else modelName(value, path, review);
};

const modelObject = objectWith({ ...spelled(modelName, 'name', 'id'), parameters: settings });

const provider: Reader = (value, path, review) => {
  if (isObject(value)) providerObject(value, path, review);
  else providerName(value, path, review);
};

const providerObject = objectWith(spelled(providerName, 'name', 'id'));

export const modelMembers: Members = {
  ...modelNumbers,
  model,
  ...spelled(modelName, 'modelId', 'model_id', 'modelName', 'model_name'),
  provider,
  ...spelled(settings, 'parameters', 'settings'),
};

/** `{ model, temperature, … }`, or several of them, the first to be asked first; a name stands for a model. */
export const modelPayload: Reader = (value, path, review) => {
  if (isObject(value)) return modelObjectPayload(value, path, review);
  if (!Array.isArray(value)) return;
  for (const [index, entry] of value.entries()) {
    if (isObject(entry)) modelObjectPayload(entry, [...path, index], review);
    else if (typeof entry !== 'string') {
      review.refuseReference(
        [...path, index],
        `has to be a model, by its name or as an object, not ${describe(entry)}`,
      );
    }
  }
};

const modelObjectPayload = objectWith(modelMembers);

export const parametersPayload: Reader = (value, path, review) => {
  if (isObject(value)) parametersObject(value, path, review);
};

const parametersObject = objectWith({ ...modelNumbers, ...spelled(settings, 'parameters', 'settings') });

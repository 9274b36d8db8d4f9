import { describe, type Members, type Reader } from '../document/review.ts';
import { isObject } from '../json.ts';
import { checkSchema } from './check-schema.ts';
import { objectWith, readMembers, spelled, string, wholeNumber } from './members.ts';
import { modelMembers } from './model-payload.ts';
import { promptMembers } from './prompt-payload.ts';

/** What at least one of the vendors takes for a tool's name. */
const TOOL_NAME = /^[A-Za-z0-9_.:-]{1,128}$/;

const toolName: Reader = (value, path, review) => {
  if (typeof value === 'string' && TOOL_NAME.test(value)) return;
  review.refuseReference(
    path,
    `has to be 1 to 128 letters, digits, _, -, . or :, as in "search_orders", not ${describe(value)}`,
  );
};

const parameters: Reader = (value, path, review) => {
  if (!isObject(value)) {
    const what = 'has to be a JSON Schema such as { type: object, properties: {} }';
    return review.refuseReference(path, `${what}, not ${describe(value)}`);
  }
  if (value['type'] !== 'object') {
    const type = Object.hasOwn(value, 'type') ? describe(value['type']) : 'nothing';
    return review.refuseReference([...path, 'type'], `of a tool's parameters has to be object, not ${type}`);
  }
  checkSchema(value, path, review);
};

const toolMembers: Members = {
  name: toolName,
  description: string,
  ...spelled(parameters, 'parameters', 'inputSchema', 'input_schema'),
};

/** A tool as it stands, or within OpenAI's `{ type: function, function: … }`. */
const tool: Reader = (value, path, review) => {
  if (!isObject(value)) return review.refuseReference(path, `has to be a tool, not ${describe(value)}`);
  readMembers(value, toolMembers, path, review);
  if (isObject(value['function'])) readMembers(value['function'], toolMembers, [...path, 'function'], review);
};

/** Names of tools, tools, or both. An object holds them by name, in a shape that is each SDK's own. */
const tools: Reader = (value, path, review) => {
  if (isObject(value)) return;
  if (!Array.isArray(value)) {
    const mend = typeof value === 'string' ? `; write [${value}]` : '';
    return review.refuseReference(path, `has to be a list of tools, not ${describe(value)}${mend}`);
  }
  for (const [index, entry] of value.entries()) {
    (typeof entry === 'string' ? toolName : tool)(entry, [...path, index], review);
  }
};

export const toolPayload: Reader = (value, path, review) => {
  if (Array.isArray(value)) tools(value, path, review);
  else if (isObject(value)) {
    tool(value, path, review);
    readMembers(value, { tools }, path, review);
  }
};

const agentObject = objectWith({
  ...modelMembers,
  ...promptMembers,
  tools,
  ...spelled(wholeNumber(1), 'maxSteps', 'max_steps', 'maxTurns', 'max_turns', 'maxIterations', 'max_iterations'),
});

export const agentPayload: Reader = (value, path, review) => {
  if (isObject(value)) agentObject(value, path, review);
};

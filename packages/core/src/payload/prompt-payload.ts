import type { Path } from '../document/problem.ts';
import { describe, type Members, type Reader, type Review } from '../document/review.ts';
import { isObject } from '../json.ts';
import { listOf, objectWith, readMembers, string } from './members.ts';
import { modelMembers } from './model-payload.ts';

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool'];

/** What other vendors, and people, call the roles. */
const MEANT: Readonly<Record<string, string>> = {
  ai: 'assistant',
  bot: 'assistant',
  model: 'assistant',
  human: 'user',
  function: 'tool',
};

/** A part of a message: `{ type: text, text }`, or of any other type whatever its vendor asks for. */
const part: Reader = (value, path, review) => {
  if (!isObject(value)) {
    const mend = typeof value === 'string' ? '; write { type: text, text: … }' : '';
    return review.refuseReference(path, `has to be an object with a type, not ${describe(value)}${mend}`);
  }
  readMembers(value, { type: string }, path, review);
  if (typeof value['type'] === 'string' && value['type'] !== 'text') return;
  if (typeof value['text'] === 'string') return;
  review.refuseReference([...path, 'text'], `has to be a string, not ${describe(value['text'])}`);
};

const parts = listOf(part, 'write the parts as a list');

/** A string, or a list of parts. */
const content: Reader = (value, path, review) => {
  if (Array.isArray(value)) parts(value, path, review);
  else if (typeof value !== 'string') {
    review.refuseReference(path, `has to be a string or a list of parts, not ${describe(value)}`);
  }
};

const message: Reader = (value, path, review) => {
  if (!isObject(value)) {
    return review.refuseReference(path, `has to be { role, content }, not ${describe(value)}`);
  }
  readRole(value['role'], [...path, 'role'], review);
  // An assistant that only calls tools says nothing, and some SDKs have parts in the place of content.
  const silent = ['tool_calls', 'toolCalls', 'parts'].some((key) => Object.hasOwn(value, key));
  if (silent && (value['content'] === null || !Object.hasOwn(value, 'content'))) return;
  content(value['content'], [...path, 'content'], review);
};

function readRole(role: unknown, path: Path, review: Review): void {
  if (ROLES.includes(role as string)) return;
  const lower = String(role).toLowerCase();
  const meant = ROLES.includes(lower) ? lower : Object.hasOwn(MEANT, lower) ? MEANT[lower] : undefined;
  const mend = typeof role === 'string' && meant !== undefined ? `; write ${meant}` : '';
  review.refuseReference(path, `has to be one of ${ROLES.join(', ')}, not ${describe(role)}${mend}`);
}

const messages = listOf(message, 'write the messages as a list of { role, content }');

/** Text, or, as Langfuse and the AI SDK have it, the messages themselves. */
const prompt: Reader = (value, path, review) => {
  if (Array.isArray(value)) messages(value, path, review);
  else string(value, path, review);
};

export const promptMembers: Members = {
  messages,
  prompt,
  system: content,
  template: string,
  instructions: string,
};

const promptObject = objectWith({ ...modelMembers, ...promptMembers });

/** A template, a list of messages, or an object that has one of them, perhaps beside the model that it was written for. */
export const promptPayload: Reader = (value, path, review) => {
  if (Array.isArray(value)) messages(value, path, review);
  else if (isObject(value)) promptObject(value, path, review);
};

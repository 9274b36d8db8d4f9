import { isObject } from '../json.ts';
import { condition } from './parse-condition.ts';
import { exactlyOne, rollout, serve } from './parse-rollout.ts';
import { prerequisites } from './parse-targeting.ts';
import { describe, name, object, type Reader } from './review.ts';

const otherwise: Reader = (value, path, review) => {
  if (value !== 'next') review.refuse(path, `has to be "next", not ${describe(value)}; left out, it is control`);
};

const ruleMembers = object({ name, when: condition, prerequisites, serve, rollout, otherwise }, ['when']);

export const rule: Reader = (value, path, review) => {
  ruleMembers(value, path, review);
  if (!isObject(value)) return;
  exactlyOne(value, ['serve', 'rollout'], path, review);
  if (Object.hasOwn(value, 'otherwise') && !Object.hasOwn(value, 'rollout')) {
    review.refuse(path, 'has "otherwise" and so needs a rollout: who is served has no otherwise');
  }
};

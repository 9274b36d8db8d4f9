import { isObject } from '../json.ts';
import { json, payload } from './parse-payload.ts';
import { bucketing, rollout, serve } from './parse-rollout.ts';
import { rule } from './parse-rule.ts';
import { layer, prerequisites, sticky, targets } from './parse-targeting.ts';
import {
  audience,
  choice,
  describe,
  flagOrSwitch,
  list,
  name,
  number,
  object,
  type Reader,
  record,
  text,
} from './review.ts';

const rampMembers = object(
  {
    steps: list(
      object({ percentage: number(0, 100), holdHours: number(0, Number.MAX_SAFE_INTEGER) }, [
        'percentage',
        'holdHours',
      ]),
      1,
    ),
  },
  ['steps'],
);

const ramp: Reader = (value, path, review) => {
  if (isObject(value)) rampMembers(value, path, review);
  else if (value !== 'auto') review.refuse(path, `has to be "auto" or an object with steps, not ${describe(value)}`);
};

const variants: Reader = (value, path, review) => {
  record(payload)(value, path, review);
  if (isObject(value) && Object.keys(value).length === 0) review.refuse(path, 'needs at least one variant');
};

const control: Reader = (value, path, review) => {
  if (value !== null) serve(value, path, review);
};

const schema: Reader = (value, path, review) => {
  if (typeof value === 'boolean') return;
  if (isObject(value)) json(value, path, review);
  else review.refuse(path, `has to be a JSON Schema: an object, true or false, not ${describe(value)}`);
};

const flagMembers = object({
  description: text,
  kind: choice('model', 'prompt', 'tool', 'parameters', 'agent', 'release'),
  risk: choice('low', 'medium', 'high'),
  enabled: flagOrSwitch,
  whenDisabled: serve,
  killed: flagOrSwitch,
  audience,
  requires: list(name),
  prerequisites,
  targets,
  layer,
  holdout: name,
  sticky,
  unit: name,
  salt: text,
  bucketing,
  variants,
  schema,
  control,
  rules: list(rule),
  rollout,
  ramp,
});

/** The structure of a flag; what its names refer to is checked against the whole document. */
export const flag: Reader = (value, path, review) => {
  flagMembers(value, path, review);
  if (isObject(value) && Object.hasOwn(value, 'variants') && !Object.hasOwn(value, 'control')) {
    review.refuse(path, 'has variants and so needs "control": the name of the safe one');
  }
};

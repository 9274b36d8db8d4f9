import { attributeReader, type Context } from '@sluice/core';
import type { ImportReport } from '@sluice/import';

/** Whether a caveat names this flag asked with this context. */
export function outsideOf(report: ImportReport): (flag: string, context: Context) => boolean {
  const types = new Map<string, (context: Context) => boolean>();
  const flat = new Map<string, (context: Context) => boolean>();
  const versions = new Map<string, (context: Context) => boolean>();
  for (const { code, path, message } of report.notes) {
    const flag = String(path[1]);
    if (code === 'attribute-types') types.set(flag, hasOtherTypes(message));
    if (code === 'version-text') versions.set(flag, hasOtherVersions(message));
    if (code === 'dotted-attribute')
      flat.set(flag, (context) => Object.keys(context).some((name) => name.includes('.')));
  }
  return (flag, context) => [types, versions, flat].some((each) => each.get(flag)?.(context) === true);
}

/** An import is about versions that flagd alone takes for some; an export also about those that only flagd completes. */
function hasOtherVersions(message: string): (context: Context) => boolean {
  const isOther = message.includes('over a v before')
    ? (value: unknown) => typeof value === 'string' && /^(V|vv|v\d+(\.\d+)?$)/.test(value)
    : (value: unknown) =>
        typeof value === 'number' || (typeof value === 'string' && /^(V|vv|v?\d+(\.\d+)?$)/.test(value));
  return (context) =>
    Object.values(context).some(
      (value) => isOther(value) || (isNested(value) && Object.values(value as Context).some(isOther)),
    );
}

/** The message is what a user has to go by, so it is what is gone by here. */
function hasOtherTypes(message: string): (context: Context) => boolean {
  const missing = message.includes('or missing: ');
  const listed = /of these types(?:, or missing)?: (.*)\. With others/.exec(message)?.[1] ?? '';
  const attributes = [...listed.matchAll(/([^ (),][^(),]*) \(([^()]*)\)/g)].map(([, name = '', types = '']) => {
    return { name, tests: types.split('; ').map((each) => orMissing(testOf(each), missing)) };
  });
  if (attributes.length === 0) throw new Error(`names no attribute: ${message}`);
  return (context) =>
    attributes.some(({ name, tests }) => !tests.every((test) => test(read(context, name), name, context)));
}

type Test = (value: unknown, name: string, context: Context) => boolean;

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

const single: Readonly<Record<string, Test>> = {
  text: (value) => typeof value === 'string',
  'text that is a number': (value) => typeof value === 'string' && !Number.isNaN(Number(value)),
  'a number': (value) => typeof value === 'number',
  'true or false': (value) => typeof value === 'boolean',
  missing: (value) => value === undefined || value === null,
};

const whole: Readonly<Record<string, Test>> = {
  'anything but an object without members': (value) =>
    !isNested(value) || Array.isArray(value) || Object.keys(value as object).length > 0,
  'text or a list': (value) => !value || typeof value === 'string' || Array.isArray(value),
  'a list': (value) => !value || Array.isArray(value),
  'a number, or text that is a number': (value) =>
    value === undefined ||
    value === null ||
    typeof value === 'number' ||
    (typeof value === 'string' && !Number.isNaN(Number(value))),
  'anything but null': (value) => value !== null,
  'anything but a list': (value) => !Array.isArray(value),
  'text, a list, missing, false or 0': (value) => !value || typeof value === 'string' || Array.isArray(value),
  'a list of text, or missing': (value) =>
    !value || (Array.isArray(value) && value.every((each) => typeof each === 'string' || each === null)),
  'a list of anything, or missing': (value) => !value || Array.isArray(value),
  'a list of anything but lists and objects, or missing': (value) =>
    !value || (Array.isArray(value) && !value.some(isNested)),
};

function orMissing(test: Test, missing: boolean): Test {
  return (value, name, context) => (missing && (value === undefined || value === null)) || test(value, name, context);
}

function testOf(types: string): Test {
  if (types.startsWith('within objects')) {
    return (_, name, context) => !Object.hasOwn(context, name) && isNestedOrMissing(context[name.split('.')[0] ?? '']);
  }
  const test = whole[types];
  if (test !== undefined) return test;
  const tests = types.split(', ').map((type) => single[type]);
  return (value, name, context) =>
    tests.some((each, index) => {
      if (each === undefined) throw new Error(`no test for ${types.split(', ')[index]}`);
      return each(value, name, context);
    });
}

function isNestedOrMissing(value: unknown): boolean {
  return value === undefined || value === null || (isNested(value) && !Array.isArray(value));
}

function read(context: Context, name: string): unknown {
  const [outer = '', inner] = name.split('.');
  if (inner === undefined) return context[outer];
  const within = context[outer];
  return isNested(within) ? (within as Context)[inner] : attributeReader(name)(context);
}

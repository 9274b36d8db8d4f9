const zeroFor = 'ballmer@macrosoft.com';
const template = { showImages: true, title: 'Check out these pics!', imagesPerPage: 100 };

const booleans = { on: true, off: false };
const strings = { greeting: 'hi', parting: 'bye' };
const integers = { one: 1, ten: 10 };
const floats = { tenth: 0.1, half: 0.5 };
const objects = { empty: {}, template };

/** Three flags of one type whose answers are falsy: by control, by a rule, and by control where the rule does not match. */
function zeroFlags(type: string, zero: unknown, nonZero: unknown): object {
  const variants = { zero, 'non-zero': nonZero };
  return {
    [`${type}-zero-flag`]: { variants, control: 'zero' },
    [`${type}-targeted-zero-flag`]: { variants, control: 'zero', rules: [{ when: { email: zeroFor }, serve: 'zero' }] },
  };
}

function plainFlags(type: string, variants: object, control: string): object {
  return {
    [`${type}-flag`]: { variants, control },
    [`${type}-disabled-flag`]: { enabled: false, variants, control },
  };
}

/**
 * The flags of `specification/assets/gherkin/test-flags.json` that scenarios ask for, as a document. An author writes no
 * metadata in a document, so `metadata-flag` is one of which Sluice itself says a text, a fraction and a boolean, and an
 * integer while its switch is off.
 */
export const specificationFlags = {
  sluice: 1,
  version: '1.0.2',
  switches: { 'metadata-switch': { enabled: false, retryAfterSeconds: 2 } },
  flags: {
    ...plainFlags('boolean', booleans, 'on'),
    ...plainFlags('string', strings, 'greeting'),
    ...plainFlags('integer', integers, 'ten'),
    ...plainFlags('float', floats, 'half'),
    ...plainFlags('object', objects, 'template'),
    ...zeroFlags('boolean', false, true),
    ...zeroFlags('string', '', 'str'),
    ...zeroFlags('integer', 0, 1),
    ...zeroFlags('float', 0.0, 1.0),
    ...zeroFlags('object', {}, template),
    'wrong-flag': { variants: { one: 'uno', two: 'dos' }, control: 'one' },
    'complex-targeted': {
      variants: { internal: 'INTERNAL', external: 'EXTERNAL' },
      control: 'external',
      rules: [{ when: { customer: false, email: zeroFor, age: { gt: 10 } }, serve: 'internal' }],
    },
    'context-aware': {
      variants: { internal: 'INTERNAL', external: 'EXTERNAL' },
      control: 'external',
      rules: [{ when: { customer: false }, serve: 'internal' }],
    },
    'metadata-flag': { rollout: { percentage: 50, serve: 'on' } },
    'switched-metadata-flag': { requires: ['metadata-switch'] },
  },
};

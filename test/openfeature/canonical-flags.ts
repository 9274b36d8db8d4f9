const booleans = { on: true, off: false };
const strings = { greeting: 'hi', parting: 'bye' };
const integers = { one: 1, ten: 10 };
const floats = { tenth: 0.1, half: 0.5 };

export const TARGETED_KEY = '5c3d8535-f81a-4478-a6d3-afaa4d51199e';
export const OTHER_KEY = 'f20bd32d-703b-48b6-bc8e-79d53c85134a';

/** The canonical flags that the conformance suite assumes, as a document. There is no `missing-flag`, on purpose. */
export function canonicalFlags(changingFlag: 'foo' | 'bar' = 'foo'): object {
  return {
    sluice: 1,
    flagSetId: 'canonical',
    flags: {
      'boolean-flag': { variants: booleans, control: 'on' },
      'string-flag': { variants: strings, control: 'greeting' },
      'integer-flag': { variants: integers, control: 'ten' },
      'float-flag': { variants: floats, control: 'half' },
      'large-integer-flag': { variants: { one: 1, 'max-int32': 2_147_483_647 }, control: 'max-int32' },
      'huge-integer-flag': { variants: { one: 1, 'max-safe': 9_007_199_254_740_991 }, control: 'max-safe' },
      'integral-float-flag': { variants: { tenth: 0.1, ten: 10.0 }, control: 'ten' },
      'boolean-zero-flag': { variants: { zero: false, 'non-zero': true }, control: 'zero' },
      'integer-zero-flag': { variants: { zero: 0, 'non-zero': 1 }, control: 'zero' },
      'string-zero-flag': { variants: { zero: '', 'non-zero': 'str' }, control: 'zero' },
      'object-flag': {
        variants: {
          empty: {},
          template: { showImages: true, title: 'Check out these pics!', imagesPerPage: 100 },
        },
        control: 'template',
      },
      'wrong-flag': { variants: { one: 'uno', two: 'dos' }, control: 'one' },
      'disabled-boolean-flag': { enabled: false, variants: booleans, control: 'on' },
      'disabled-string-flag': { enabled: false, variants: strings, control: 'greeting' },
      'disabled-integer-flag': { enabled: false, variants: integers, control: 'ten' },
      'disabled-float-flag': { enabled: false, variants: floats, control: 'half' },
      'targeting-key-flag': {
        variants: { miss: 'miss', hit: 'hit' },
        control: 'miss',
        rules: [{ when: { targetingKey: TARGETED_KEY }, serve: 'hit' }],
      },
      'changing-flag': { variants: { foo: 'foo', bar: 'bar' }, control: changingFlag },
    },
  };
}

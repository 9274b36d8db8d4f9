/** Keys that units may have; targets and segments list some of them. */
export const KEYS = [
  ...['alice', 'bob', 'carol', '42', '7', 'é', 'İ', '日本', '😀', '\ud800', ' ', 'a.b', '0', 'true', 'user-1', 'org-1'],
] as const;

export const TEXTS = [
  'pro',
  'Pro',
  'free',
  'é',
  '',
  '日本',
  'pro plan',
  'a@x.com',
  'b@y.com',
  'x',
  '10',
  'true',
] as const;

export const NUMBERS = [0, 1, -1, 10, 2.5, 1e21, -0, 2 ** 53] as const;

export const VERSIONS = [
  ...['1.2.3', '2', '2.0', '2.1.0-rc.1', '2.1.0', 'v2.1.0', '2.1.0+build', '1.2.3.4', '01.2.3', ' 2.0.0', '2-rc', ''],
] as const;

export const DATES = [
  ...['2020-01-01T00:00:00Z', '2020-01-01T00:00:00.001Z', '2019-12-31T19:00:00-05:00', '2021-06-01T12:30:00.5+02:00'],
] as const;

/** Dates to a document and not to LaunchDarkly, or to neither. */
export const NO_DATES = [
  '2020-01-01',
  '2020-01-01t00:00:00Z',
  '2020-01-01T00:00:00z',
  '2020-01-01T00:00Z',
  'soon',
] as const;

/** Of those that the caveat `date-texts` names. */
export const ODD_DATES = [
  ...['2020-02-30T00:00:00Z', '2019-12-31T24:00:00Z', '2019-12-31T23:00:00-07', '2020-01-01T00:00:00Z and more'],
] as const;

export const TIMES = [1577836800000, 1577836800001, 1577836799999, 0] as const;

export const PATTERNS = {
  same: [
    '^pro',
    'o$',
    '^[a-z]+@x\\.com$',
    '(pro|free)',
    '\\d{1,2}',
    '^(?:a|b)@\\w+\\.com$',
    '\\bplan\\b',
    '^$',
    '[[x]',
  ],
  characters: ['^.o', '^\\S+$', '[^a-z]', '^é', '\\s'],
  never: ['(', 'a**', '(?i)pro'],
  unreadable: ['(?=pro)', '(p)\\1', '(?<name>pro)', '\\a', '^.{1,1001}$', '[]'],
} as const;

/** What the caveat `regular-expression-characters` names. */
export const UNLIKE_CHARACTERS = /[\ud800-\udfff\r\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;

export const UNLIKE_TEXTS = ['p😀o', 'pro\r', 'a\u00a0b', 'line\u2028end', '\ud800'] as const;

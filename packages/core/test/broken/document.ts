import { own, type Row } from './row.ts';

/** What the schema refuses of a document, its switches, segments and metrics. */
export const brokenDocument: readonly Row[] = [
  ['no format', { flags: {} }, [], 'needs "sluice"'],
  ['another format', { sluice: 2 }, ['sluice'], '2 is not a format this release reads; write 1'],
  ['a format in quotes', { sluice: '1' }, ['sluice'], '"1" is not a format this release reads; write 1'],
  [
    'an unknown key',
    { sluice: 1, flag: {} },
    ['flag'],
    'is not known here; known are $schema, sluice, flagSetId, version, switches, segments, layers, holdouts, flags, metrics',
  ],
  ['a layer without slots', { sluice: 1, layers: { l: {} } }, ['layers', 'l'], 'needs "slots"'],
  [
    'a layer of no slots',
    { sluice: 1, layers: { l: { slots: 0 } } },
    ['layers', 'l', 'slots'],
    'has to be a whole number from 1 to 100000, not 0',
  ],
  ['a holdout without a percentage', { sluice: 1, holdouts: { h: {} } }, ['holdouts', 'h'], 'needs "percentage"'],
  [
    'a holdout of more than everybody',
    { sluice: 1, holdouts: { h: { percentage: 101 } } },
    ['holdouts', 'h', 'percentage'],
    'has to be a number from 0 to 100, not 101',
  ],
  [
    'an empty flagSetId',
    { sluice: 1, flagSetId: '' },
    ['flagSetId'],
    'a name has 1 to 256 characters and no control characters',
  ],
  ['a version that is a number', { sluice: 1, version: 3 }, ['version'], 'has to be a string, not 3'],
  ['flags in a list', { sluice: 1, flags: [] }, ['flags'], 'has to be an object, not a list'],
  ['flags without content', { sluice: 1, flags: null }, ['flags'], 'has to be an object, not null'],
  ['a flag without a name', { sluice: 1, flags: { '': {} } }, ['flags', ''], 'a name has 1 to 256 characters'],
  ['a flag with a control character', { sluice: 1, flags: { 'a\nb': {} } }, ['flags', 'a\nb'], 'no control characters'],
  ['a flag with a long name', { sluice: 1, flags: { ['x'.repeat(257)]: {} } }, ['flags', 'x'.repeat(257)], '1 to 256'],
  [
    'a flag named __proto__',
    { sluice: 1, flags: own('__proto__', {}) },
    ['flags', '__proto__'],
    '__proto__ cannot be used as a name',
  ],
  [
    'a switch with an unknown key',
    { sluice: 1, switches: { s: { on: true } } },
    ['switches', 's', 'on'],
    'is not known here; known are description, enabled, retryAfterSeconds',
  ],
  [
    'a switch that is "off"',
    { sluice: 1, switches: { s: { enabled: 'off' } } },
    ['switches', 's', 'enabled'],
    'has to be true or false, not "off"',
  ],
  [
    'a retry-after in words',
    { sluice: 1, switches: { s: { retryAfterSeconds: '5m' } } },
    ['switches', 's', 'retryAfterSeconds'],
    'has to be a whole number from 0 to 31536000, not "5m"',
  ],
  ['a segment without a condition', { sluice: 1, segments: { s: {} } }, ['segments', 's'], 'needs "when"'],
  [
    'a metric without a direction',
    { sluice: 1, metrics: { m: { aggregate: 'mean' } } },
    ['metrics', 'm'],
    'needs "better"',
  ],
  [
    'an aggregate that does not exist',
    { sluice: 1, metrics: { m: { aggregate: 'p99', better: 'lower' } } },
    ['metrics', 'm', 'aggregate'],
    'has to be "mean", "p95", not "p99"',
  ],
  [
    'a range of one',
    { sluice: 1, metrics: { m: { aggregate: 'mean', better: 'lower', range: [1] } } },
    ['metrics', 'm', 'range'],
    'has to be two numbers, such as [0, 1], not a list',
  ],
  [
    'a margin without a number',
    { sluice: 1, metrics: { m: { aggregate: 'mean', better: 'lower', margin: 'some' } } },
    ['metrics', 'm', 'margin'],
    'has to be a number of at least 0 or a share such as "10%", not "some"',
  ],
];

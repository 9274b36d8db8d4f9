import assert from 'node:assert/strict';
import {
  type Client,
  type EvaluationContext,
  type EvaluationDetails,
  type FlagValue,
  OpenFeature,
  type Provider,
} from '@openfeature/server-sdk';
import { assertExpected, contextOf, defaultFor, type GoldenEvaluations } from './golden-evaluations.ts';
import type { Runner } from './runner.ts';

export interface ProviderSuiteOptions {
  /** What the tests call the provider. */
  readonly name: string;
  /** Makes a provider that serves this document. Nothing has initialised it; the suite does, and closes it. */
  readonly create: (document: object) => Provider | Promise<Provider>;
  /** The content of `@sluice/core/golden/07-evaluations.json`. */
  readonly golden: GoldenEvaluations;
}

/** What an application relies on in every provider that serves documents; asked through the client of OpenFeature. */
export function providerSuite(runner: Runner, options: ProviderSuiteOptions): void {
  const { describe, it } = runner;
  const { name, create, golden } = options;

  const test = (
    sentence: string,
    document: object,
    body: (client: Client, provider: Provider) => Promise<void>,
  ): void =>
    it(sentence, async () => {
      const provider = await create(document);
      const domain = `sluice-conformance-${++domains}`;
      try {
        await OpenFeature.setProviderAndWait(domain, provider);
        await body(OpenFeature.getClient(domain), provider);
      } finally {
        await provider.onClose?.();
      }
    });

  describe(`provider: ${name}`, () => {
    test('has a name', everyType, async (client) => {
      assert.ok(client.metadata.providerMetadata.name.length > 0);
    });

    for (const each of golden.cases) {
      // What is switched apart from the document reaches a provider by no document.
      if (each.states !== undefined) continue;
      const document = golden.documents[each.document] ?? {};
      test(`golden: ${each.name}`, document, async (client) => {
        const value = defaultFor(each, document);
        const details = await ask(client, each.flag, value, contextOf(each));
        assertExpected(details, each, value);
        assertScalars(details);
      });
    }

    for (const [flag, served] of Object.entries(values)) {
      for (const [type, value] of Object.entries(defaults)) {
        if (type === flag) {
          test(`serves the ${type} that it was asked for`, everyType, async (client) => {
            const details = await ask(client, flag, value);
            assert.deepEqual(details.value, served);
            assert.equal(details.errorCode, undefined);
          });
        } else {
          test(
            `answers a ${flag} asked for as a ${type} with the default and TYPE_MISMATCH`,
            everyType,
            async (client) => {
              const details = await ask(client, flag, value);
              assert.deepEqual(details.value, value);
              assert.equal(details.reason, 'ERROR');
              assert.equal(details.errorCode, 'TYPE_MISMATCH');
              assert.equal(details.variant, undefined);
              assert.equal(details.flagMetadata['flagSetId'], 'every-type');
            },
          );
        }
      }
    }

    test(
      'returns errors, and does not throw them, so that their metadata is kept',
      everyType,
      async (client, provider) => {
        const logger = { error() {}, warn() {}, info() {}, debug() {} };
        const unitless = await provider.resolveBooleanEvaluation('rolled-out', true, {}, logger);
        assert.equal(unitless.errorCode, 'TARGETING_KEY_MISSING');
        assert.equal(
          (await provider.resolveBooleanEvaluation('nothing', true, {}, logger)).errorCode,
          'FLAG_NOT_FOUND',
        );
        const details = await client.getBooleanDetails('rolled-out', true);
        assert.equal(details.value, true);
        assert.match(details.errorMessage ?? '', /rolled-out.*targetingKey/);
        assert.equal(details.flagMetadata['flagSetId'], 'every-type');
      },
    );

    test('gives a unit the same answer every time', everyType, async (client) => {
      const context = { targetingKey: 'ada' };
      const first = await client.getBooleanDetails('rolled-out', false, context);
      assert.equal(first.reason, 'SPLIT');
      const others = await Promise.all(
        Array.from({ length: 50 }, () => client.getBooleanDetails('rolled-out', false, context)),
      );
      for (const other of others) assert.deepEqual(other, first);
    });

    test('serves a payload that a caller cannot change for the next one', everyType, async (client) => {
      const served = (await client.getObjectValue('object', {})) as { nested: { list: number[] } };
      for (const change of [() => served.nested.list.push(4), () => Object.assign(served, { more: 1 })]) {
        try {
          change();
        } catch (error) {
          // It is frozen; else it was a copy.
          assert.ok(error instanceof TypeError);
        }
      }
      assert.deepEqual(await client.getObjectValue('object', {}), values.object);
    });

    for (const [what, context] of Object.entries(hostileContexts())) {
      test(`answers by the rest of a context that holds ${what}`, everyType, async (client) => {
        const details = await client.getStringDetails('ruled', 'x', { ...context, plan: 'pro' } as EvaluationContext);
        assert.equal(details.value, 'for pro');
        assert.equal(details.reason, 'TARGETING_MATCH');
      });
    }

    test('takes a frozen context and changes no context', everyType, async (client, provider) => {
      const context = Object.freeze({
        targetingKey: 'ada',
        plan: 'pro',
        user: Object.freeze({ tags: Object.freeze(['a']) }),
      });
      const before = structuredClone(context);
      const logger = { error() {}, warn() {}, info() {}, debug() {} };
      assert.equal((await provider.resolveStringEvaluation('ruled', 'x', context as never, logger)).value, 'for pro');
      assert.equal(await client.getStringValue('ruled', 'x', context as never), 'for pro');
      assert.deepEqual(context, before);
    });

    test('answers an attribute that throws when it is read with the default and GENERAL', everyType, async (client) => {
      const user = Object.defineProperty({}, 'plan', {
        get() {
          throw new Error('no plan for you');
        },
      });
      const details = await client.getStringDetails('nested', 'x', { user } as EvaluationContext);
      assert.equal(details.value, 'x');
      assert.equal(details.reason, 'ERROR');
      assert.equal(details.errorCode, 'GENERAL');
    });
  });
}

let domains = 0;

const values = { boolean: true, string: 'text', number: 0.5, object: { nested: { list: [1, 2, 3] } } } as const;

const defaults: Readonly<Record<string, FlagValue>> = { boolean: false, string: 'x', number: 7, object: { x: 1 } };

const variants = { plain: 'for all', special: 'for pro' };

const everyType = {
  sluice: 1,
  flagSetId: 'every-type',
  flags: {
    ...Object.fromEntries(
      Object.entries(values).map(([flag, value]) => [flag, { variants: { only: value }, control: 'only' }]),
    ),
    'rolled-out': { rollout: { percentage: 50, serve: 'on' } },
    ruled: { variants, control: 'plain', rules: [{ when: { plan: 'pro' }, serve: 'special' }] },
    nested: { variants, control: 'plain', rules: [{ when: { 'user.plan': 'pro' }, serve: 'special' }] },
  },
};

function hostileContexts(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  return {
    'an object within itself': { cycle },
    'a date': { since: new Date(0) },
    'an invalid date': { since: new Date(Number.NaN) },
    'a text of a million characters': { text: 'x'.repeat(1_000_000) },
    'half a surrogate pair': { text: '\ud800', targetingKey: '\udc00' },
    'what is no JSON': { nothing: undefined, none: null, not: Number.NaN, most: Number.POSITIVE_INFINITY },
    'a function': { call: () => 'x' },
    'an object without a prototype': { bare: Object.create(null) },
    'names that every object has': { constructor: 'x', toString: 'x', hasOwnProperty: 'x' },
    'a key __proto__ of its own': JSON.parse('{ "__proto__": { "plan": "free" } }'),
  };
}

function ask(
  client: Client,
  flag: string,
  value: FlagValue,
  context: EvaluationContext = {},
): Promise<EvaluationDetails<FlagValue>> {
  switch (typeof value) {
    case 'boolean':
      return client.getBooleanDetails(flag, value, context);
    case 'string':
      return client.getStringDetails(flag, value, context);
    case 'number':
      return client.getNumberDetails(flag, value, context);
    default:
      return client.getObjectDetails(flag, value, context);
  }
}

function assertScalars({ flagMetadata }: EvaluationDetails<FlagValue>): void {
  for (const [name, value] of Object.entries(flagMetadata)) {
    assert.ok(['string', 'number', 'boolean'].includes(typeof value), `${name} of the metadata is a ${typeof value}`);
  }
}

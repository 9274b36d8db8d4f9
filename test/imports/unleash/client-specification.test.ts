import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type CompiledFlags, type Context, compileDocument, evaluate, parseDocument } from '@sluice/core';
import { unleashImporter } from '@sluice/import';
import { describe, expect, it } from 'vitest';

interface Suite {
  readonly name: string;
  readonly state: State | { readonly events: readonly DeltaEvent[] };
  readonly tests?: readonly Case<boolean>[];
  readonly variantTests?: readonly Case<ExpectedVariant>[];
}

interface State {
  readonly features: readonly Named[];
  readonly segments?: readonly Identified[];
}

interface Case<Expected> {
  readonly description: string;
  readonly context: SpecifiedContext;
  readonly toggleName: string;
  readonly expectedResult: Expected;
}

interface ExpectedVariant {
  readonly name: string;
  readonly enabled: boolean;
  readonly feature_enabled: boolean;
  readonly payload?: { readonly type: string; readonly value: string };
}

interface SpecifiedContext {
  readonly userId?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

interface Named {
  readonly name: string;
}

interface Identified {
  readonly id: number;
}

type DeltaEvent =
  | ({ readonly type: 'hydration' } & State)
  | { readonly type: 'feature-updated'; readonly feature: Named }
  | { readonly type: 'feature-removed'; readonly featureName: string }
  | { readonly type: 'segment-updated'; readonly segment: Identified }
  | { readonly type: 'segment-removed'; readonly segmentId: number };

const folder = dirname(
  createRequire(import.meta.url).resolve('@unleash/client-specification/specifications/index.json'),
);
const read = <Content>(name: string): Content => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Content;
const suites = read<readonly string[]>('index.json').map((name) => read<Suite>(name));

let ran = 0;

describe.each(suites)('$name', ({ state, tests = [], variantTests = [] }) => {
  const imported = unleashImporter.convert('events' in state ? stateAfter(state.events) : state);
  const { document, problems } = parseDocument(imported.document);
  const flags = document && compileDocument(document);

  it('is carried whole', () => {
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(imported.report.notes.filter(({ severity }) => severity === 'lost')).toEqual([]);
  });

  it.each(tests)('$description', ({ context, toggleName, expectedResult }) => {
    ran++;
    expect(isEnabled(flags as CompiledFlags, toggleName, contextOf(context))).toBe(expectedResult);
  });

  it.each(variantTests)('$description', ({ context, toggleName, expectedResult }) => {
    ran++;
    expect(variantOf(flags as CompiledFlags, toggleName, contextOf(context))).toEqual(answerOf(expectedResult));
  });
});

describe('the specification', () => {
  it('has 279 cases, and every one was run', () => {
    expect(ran).toBe(279);
  });
});

/** Unleash's context as an application gives it to OpenFeature. */
function contextOf({ userId, properties, ...fields }: SpecifiedContext): Context {
  return { ...properties, ...fields, ...(userId !== undefined && { targetingKey: userId }) };
}

function isEnabled(flags: CompiledFlags, feature: string, context: Context): unknown {
  const key = flags.flags.get(`${feature}.enabled`) === undefined ? feature : `${feature}.enabled`;
  // The SDK answers `false` of a feature that is not there.
  return evaluate(flags, key, context, { now: Date.now }).value ?? false;
}

interface VariantAnswer {
  readonly name: string;
  readonly featureEnabled: unknown;
  readonly value: unknown;
}

function variantOf(flags: CompiledFlags, feature: string, context: Context): VariantAnswer {
  const featureEnabled = isEnabled(flags, feature, context);
  const { variant = 'disabled', value } = evaluate(flags, feature, context, { now: Date.now });
  // A boolean flag under the feature's own name says that the feature has no variants.
  return typeof value === 'boolean' || value === undefined
    ? { name: 'disabled', featureEnabled, value: undefined }
    : { name: variant, featureEnabled, value };
}

function answerOf({ name, enabled, feature_enabled, payload }: ExpectedVariant): VariantAnswer {
  if (!enabled) return { name, featureEnabled: feature_enabled, value: undefined };
  if (payload === undefined) return { name, featureEnabled: feature_enabled, value: name };
  const values: Readonly<Record<string, (text: string) => unknown>> = { json: JSON.parse, number: Number };
  return { name, featureEnabled: feature_enabled, value: values[payload.type]?.(payload.value) ?? payload.value };
}

/** What the SDK knows after these, as its own test feeds them to it. */
function stateAfter(events: readonly DeltaEvent[]): State {
  const features = new Map<string, Named>();
  const segments = new Map<number, Identified>();
  for (const event of events) {
    if (event.type === 'hydration') {
      features.clear();
      segments.clear();
      for (const feature of event.features) features.set(feature.name, feature);
      for (const segment of event.segments ?? []) segments.set(segment.id, segment);
    } else if (event.type === 'feature-updated') features.set(event.feature.name, event.feature);
    else if (event.type === 'feature-removed') features.delete(event.featureName);
    else if (event.type === 'segment-updated') segments.set(event.segment.id, event.segment);
    else segments.delete(event.segmentId);
  }
  return { features: [...features.values()], segments: [...segments.values()] };
}

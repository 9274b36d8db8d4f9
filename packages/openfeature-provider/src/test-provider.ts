import { type Document, DocumentError, type Flag, type JsonValue, parseDocument } from '@sluice/core';
import { memorySource } from './memory-source.ts';
import { SluiceProvider } from './sluice-provider.ts';
import { type TestRecorder, testRecorder } from './test-recorder.ts';

export interface TestFlags {
  /**
   * The document of the application under test. With it, `flags` names the variant that each flag serves, and flags it
   * leaves out behave as written; without it, `flags` holds the values themselves.
   */
  readonly document?: Document | object;
  readonly flags?: Readonly<Record<string, JsonValue>>;
  /** Whether each switch is on; switches left out are as the document says. */
  readonly switches?: Readonly<Record<string, boolean>>;
}

/** A provider for an application's own tests, with everything it recorded at hand. */
export interface TestProvider extends SluiceProvider {
  /** Give it to `QualityHook` to read what `measure` recorded as well. */
  readonly recorder: TestRecorder;
}

/**
 * A provider that gives everybody the answers a test asks for.
 *
 * @throws {DocumentError} where a variant is named that the document does not have.
 */
export function testProvider(test: TestFlags): TestProvider {
  const recorder = testRecorder();
  const provider = new SluiceProvider(memorySource(testDocument(test)), { recorder, onWarning: () => {} });
  return Object.assign(provider, { recorder });
}

function testDocument({ document, flags = {}, switches = {} }: TestFlags): object {
  const base = document === undefined ? { sluice: 1 as const } : parsed(document);
  const forced: Record<string, Flag> = { ...base.flags };
  for (const [key, given] of Object.entries(flags)) {
    const declared = base.flags?.[key];
    forced[key] = declared === undefined ? fixed(given) : forcedTo(declared, given);
  }
  const set = Object.fromEntries(
    Object.entries(switches).map(([name, on]) => [name, { ...base.switches?.[name], enabled: on }]),
  );
  return { ...base, flags: forced, switches: { ...base.switches, ...set } };
}

function parsed(value: object): Document {
  const { document, problems } = parseDocument(value);
  if (document === undefined) throw new DocumentError('The document given to testProvider', problems);
  return document;
}

function fixed(value: JsonValue): Flag {
  const variant = typeof value === 'object' ? 'given' : String(value);
  return { variants: { [variant]: value }, control: variant };
}

/** Control is what a flag without rules and rollout serves, so naming another variant control serves it to everybody. */
function forcedTo(flag: Flag, variant: JsonValue): Flag {
  const { rules: _rules, rollout: _rollout, ramp: _ramp, ...rest } = flag;
  return { ...rest, control: String(variant) };
}

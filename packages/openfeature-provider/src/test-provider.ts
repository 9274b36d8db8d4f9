import { type Document, DocumentError, type Flag, type JsonValue, parseDocument, type Switch } from '@sluice/core';
import { memorySource } from './memory-source.ts';
import { SluiceProvider } from './sluice-provider.ts';
import { type TestRecorder, testRecorder } from './test-recorder.ts';

const ORIGIN = 'The document given to testProvider';

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
 * A provider that gives everybody the answers a test asks for. A switch that is off has its usual effect: flags that
 * require it serve their control.
 *
 * @throws {DocumentError} where a flag, variant or switch is named that the document does not have.
 */
export function testProvider(test: TestFlags): TestProvider {
  const recorder = testRecorder();
  const provider = new SluiceProvider(memorySource(parsed(testDocument(test))), { recorder, onWarning: () => {} });
  return Object.assign(provider, { recorder });
}

function testDocument({ document, flags = {}, switches = {} }: TestFlags): object {
  const base = document === undefined ? undefined : parsed(document);
  const forced: Record<string, Flag> = { ...base?.flags };
  for (const [key, given] of Object.entries(flags)) {
    const declared = base === undefined ? undefined : declaredIn(base.flags, 'flags', key);
    forced[key] = declared === undefined ? fixed(given) : forcedTo(declared, given);
  }
  const set: Record<string, Switch> = { ...base?.switches };
  for (const [name, on] of Object.entries(switches)) {
    const declared = base === undefined ? undefined : declaredIn(base.switches, 'switches', name);
    set[name] = { ...declared, enabled: on };
  }
  return { sluice: 1, ...base, flags: forced, switches: set };
}

function parsed(value: object): Document {
  const { document, problems } = parseDocument(value);
  if (document === undefined) throw new DocumentError(ORIGIN, problems);
  return document;
}

/** A misspelt name would otherwise leave a test running on something that it did not ask for. */
function declaredIn<T>(declared: Readonly<Record<string, T>> = {}, section: 'flags' | 'switches', name: string): T {
  const found = Object.hasOwn(declared, name) ? declared[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(declared).join(', ') || 'none';
  const message = `is not in the document; declared are ${names}`;
  throw new DocumentError(ORIGIN, [{ severity: 'error', check: 'reference', path: [section, name], message }]);
}

/** Through a rollout to everybody, as a flag that is being measured is, so that `QualityHook` notes who met it. */
function fixed(value: JsonValue): Flag {
  const variant = variantOf(value);
  return { variants: { [variant]: value }, control: variant, rollout: { percentage: 100, serve: variant } };
}

/** A short text, such as a model's, names its variant best; a prompt of several lines names nothing. */
function variantOf(value: JsonValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = typeof value === 'object' ? '' : String(value);
  return /^[A-Za-z0-9][\w .:/-]{0,63}$/.test(text) ? text : 'given';
}

/** Control stays what it is, because it is what a switch falls back to. */
function forcedTo(flag: Flag, variant: JsonValue): Flag {
  const { rules: _rules, ramp: _ramp, enabled: _enabled, ...rest } = flag;
  return { ...rest, rollout: { percentage: 100, serve: String(variant) } };
}

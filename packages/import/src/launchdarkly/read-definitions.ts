import { isRecord } from '../plain-json.ts';
import type { Definitions, FlagDefinition } from './definitions.ts';
import type { LaunchdarklyNoting } from './launchdarkly-report.ts';
import { flagDefinition, keyOf, segmentDefinition } from './read-definition.ts';
import { type Fields, Misshapen, type Shape } from './shape.ts';

/**
 * What SDKs are sent (`{ flags, segments }`), bare or as the stream wraps it (`{ path, data }`), or a file of LaunchDarkly's
 * file data source, which may give flags as mere values. `undefined` where it is none of these.
 */
export function readDefinitions(input: unknown, notes: LaunchdarklyNoting): Definitions | undefined {
  const payload = isRecord(input) && isRecord(input['data']) ? input['data'] : input;
  if (!isRecord(payload)) return refuse(notes, 'is no object');
  const { flags, segments, flagValues } = payload;
  for (const part of [flags, segments, flagValues]) {
    if (part !== undefined && part !== null && !isRecord(part)) {
      return refuse(notes, 'has flags, segments or flagValues that are no objects');
    }
  }
  if (!isRecord(flags) && !isRecord(flagValues)) return refuse(notes, 'has neither flags nor flagValues');
  const places = new Map<string, number>();
  const read = {
    flags: readAll('flags', flags, flagDefinition, places, notes),
    segments: readAll('segments', segments, segmentDefinition, places, notes),
  };
  for (const [key, value] of isRecord(flagValues) ? Object.entries(flagValues) : []) {
    if (places.has(`flags/${key}`)) {
      notes.note(
        'shape',
        ['flagValues', key],
        'is in flags too, where it was taken from; LaunchDarkly refuses such a file',
      );
      continue;
    }
    read.flags.set(key, flagOfValue(value));
    places.set(`flags/${key}`, places.size);
    notes.carry('flag value');
  }
  return { ...read, places };
}

function refuse(notes: LaunchdarklyNoting, what: string): undefined {
  notes.note('input', [], `${what}; give the payload that SDKs are sent, { flags, segments }, or a file of flag data`);
  return undefined;
}

function readAll<Read>(
  part: 'flags' | 'segments',
  from: unknown,
  read: Shape<Read>,
  places: Map<string, number>,
  notes: LaunchdarklyNoting,
): Map<string, Read> {
  const all = new Map<string, Read>();
  for (const [key, value] of isRecord(from) ? Object.entries(from) : []) {
    if (isRecord(value) && (value as Fields)['deleted'] === true) continue;
    places.set(`${part}/${key}`, places.size);
    try {
      if (keyOf(value, [part, key]) === key) {
        all.set(key, read(value, [part, key]));
        continue;
      }
      notes.note(
        'key-mismatch',
        [part, key, 'key'],
        `is not ${JSON.stringify(key)}, under which it was sent; make them one`,
      );
    } catch (error) {
      if (!(error instanceof Misshapen)) throw error;
      notes.note('shape', error.path, `${error.message}; what LaunchDarkly answers is an accident, so it is left out`);
    }
  }
  return all;
}

/** As LaunchDarkly's file data source makes a flag of a value. */
function flagOfValue(value: unknown): FlagDefinition {
  return {
    on: true,
    variations: [value],
    offVariation: undefined,
    fallthrough: { variation: 0, rollout: undefined },
    prerequisites: [],
    targets: [],
    contextTargets: [],
    rules: [],
    salt: '',
  };
}

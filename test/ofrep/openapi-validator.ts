import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

/** Where an answer belongs in OFREP's description. */
export interface Answer {
  readonly path: '/ofrep/v1/evaluate/flags' | '/ofrep/v1/evaluate/flags/{key}';
  readonly status: number;
  readonly body: unknown;
}

type Json = { [member: string]: unknown };

const description = parse(readFileSync(new URL('openapi.yaml', import.meta.url), 'utf8')) as Json;
const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uri: true, 'date-time': true } });
ajv.addSchema(readable(description), 'ofrep');

/** What is wrong with an answer, by OFREP's OpenAPI description; empty where nothing is. */
export function faultsOf({ path, status, body }: Answer): readonly string[] {
  const described = responsesOf(path)[String(status)] as Json | undefined;
  if (described === undefined) return [`${path} has no answer ${status}`];
  if (status === 304 && body !== undefined) return ['an answer 304 has no body'];
  // 304, 401, 403 and 429 are described by status and headers alone.
  if (!('content' in described)) return [];
  return faultsAt(`/paths/${pointer(path)}/post/responses/${status}/content/application~1json/schema`, body);
}

/** What is wrong with the data of an event of the stream. */
export function faultsOfEvent(data: unknown): readonly string[] {
  return faultsAt('/components/schemas/sseEventData', data);
}

function faultsAt(place: string, value: unknown): readonly string[] {
  const validate = ajv.getSchema(`ofrep#${place}`);
  if (validate === undefined) throw new Error(`OFREP's description has no schema at ${place}`);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
}

function responsesOf(path: Answer['path']): Json {
  const { [path]: item } = description['paths'] as Record<string, { post: { responses: Json } }>;
  if (item === undefined) throw new Error(`OFREP's description has no path ${path}`);
  return item.post.responses;
}

function pointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/**
 * The two places where the description cannot be taken by its word, as the README says: an integer is two kinds of value of
 * which it allows one, and the reason DEFAULT of its own ADR 0006 is missing from its list.
 */
function readable(whole: Json): Json {
  const copy = structuredClone(whole) as { components: { schemas: Record<string, { allOf: Json[] }> } };
  const { evaluationSuccess } = copy.components.schemas;
  for (const part of evaluationSuccess?.allOf ?? []) {
    if ('oneOf' in part) {
      part['anyOf'] = part['oneOf'];
      delete part['oneOf'];
    }
    const { reason } = (part['properties'] ?? {}) as { reason?: { enum: string[] } };
    reason?.enum.push('DEFAULT');
  }
  return copy as unknown as Json;
}

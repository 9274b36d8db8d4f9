import Mustache, { type TemplateSpans } from 'mustache';
import { printVariable, type Variables } from './variables.ts';

/** A template that was read, or why it cannot be. */
export type Template =
  | {
      readonly tokens: TemplateSpans;
      /** Names that have an inverted section, which says what to write where there is no such variable. */
      readonly optional: ReadonlySet<string>;
      /** Templates that it asks for. */
      readonly partials: ReadonlySet<string>;
      readonly error?: never;
    }
  | { readonly tokens?: never; readonly error: string };

/** The library's own default can be changed by anybody in the process. */
const TAGS: [string, string] = ['{{', '}}'];

/** Renders without HTML escaping, which would write `&amp;` into a prompt, and notes the names that nobody has. */
class Renderer extends Mustache.Writer {
  readonly missing: Set<string> = new Set<string>();
  readonly #optional: ReadonlySet<string>;

  constructor(optional: ReadonlySet<string> = new Set<string>()) {
    super();
    // It would keep every template for ever.
    (this as { templateCache?: unknown }).templateCache = undefined;
    this.#optional = optional;
  }

  override escapedValue(token: string[], variables: Variables): string {
    return this.#print(token, variables);
  }

  override unescapedValue(token: string[], variables: Variables): string {
    return this.#print(token, variables);
  }

  override renderSection(token: string[], variables: Variables, ...rest: [never, never, never]): string {
    const [, name = ''] = token;
    if (variables.lookup(name) === undefined && !this.#optional.has(name)) this.missing.add(name);
    return super.renderSection(token, variables, ...rest);
  }

  /** Templates from elsewhere are never read. */
  override renderPartial([, name = '']: string[]): string {
    this.missing.add(`> ${name}`);
    return '';
  }

  #print([, name = '']: string[], variables: Variables): string {
    const printed = printVariable(variables.lookup(name));
    if (printed === undefined) this.missing.add(name);
    return printed ?? '';
  }
}

export function readTemplate(text: string): Template {
  try {
    const tokens = new Renderer().parse(text, TAGS) as TemplateSpans;
    const [optional, partials] = [new Set<string>(), new Set<string>()];
    gatherNames(tokens, optional, partials);
    return { tokens, optional, partials };
  } catch (error) {
    return { error: faultOf(error) };
  }
}

function gatherNames(tokens: TemplateSpans, optional: Set<string>, partials: Set<string>): void {
  for (const [type, name, , , inner] of tokens) {
    if (type === '^') optional.add(name);
    if (type === '>') partials.add(name);
    if (Array.isArray(inner)) gatherNames(inner, optional, partials);
  }
}

export function faultOf(error: unknown): string {
  return error instanceof RangeError ? 'its sections are nested too deep' : (error as Error).message;
}

/** The text of a template, and the names that it asked for and nobody has. */
export function renderTemplate(
  { tokens, optional }: Extract<Template, { tokens: TemplateSpans }>,
  variables: Variables,
): { readonly text: string; readonly missing: ReadonlySet<string> } {
  const renderer = new Renderer(optional);
  const text = renderer.renderTokens(tokens as never, variables);
  return { text, missing: renderer.missing };
}

import type { Path } from '../document/problem.ts';
import { faultOf, readTemplate, renderTemplate } from './template.ts';
import { replaceTemplates } from './templates.ts';
import { Variables } from './variables.ts';

/** A prompt with its variables in their places. */
export interface RenderedPrompt<Prompt> {
  /** In the shape of the payload. */
  readonly prompt: Prompt extends string ? string : Prompt;
  /** What templates asked for and the variables do not hold; nothing was printed there. */
  readonly missing: readonly MissingVariable[];
  /** Templates that cannot be read; they were left as they are. */
  readonly broken: readonly BrokenTemplate[];
}

export interface MissingVariable {
  /** As the template writes it: `user.name`. */
  readonly name: string;
  /** Of the template, from the payload's root: `['messages', 0, 'content']`. */
  readonly path: Path;
}

export interface BrokenTemplate {
  readonly path: Path;
  readonly message: string;
}

/**
 * Renders every Mustache template of a prompt payload, without HTML escaping. Never throws: whatever is odd about a
 * variable makes it missing.
 */
export function renderPrompt<Prompt>(
  payload: Prompt,
  variables: Readonly<Record<string, unknown>>,
): RenderedPrompt<Prompt> {
  const missing: MissingVariable[] = [];
  const broken: BrokenTemplate[] = [];
  const context = new Variables(variables);
  const prompt = replaceTemplates(payload, (text, path) => {
    if (!text.includes('{{')) return text;
    const template = readTemplate(text);
    try {
      if (template.tokens === undefined) throw new Error(template.error);
      const rendered = renderTemplate(template, context);
      for (const name of rendered.missing) missing.push({ name, path });
      return rendered.text;
    } catch (error) {
      broken.push({ path, message: faultOf(error) });
      return text;
    }
  });
  return { prompt: prompt as RenderedPrompt<Prompt>['prompt'], missing, broken };
}

import type { Document } from '../document/document.ts';
import type { Problem } from '../document/problem.ts';
import { readTemplate } from './template.ts';
import { replaceTemplates } from './templates.ts';

/** What is wrong with the templates of a document's prompts. `parseDocument` does not look, as it carries no Mustache. */
export function checkTemplates(document: Document): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [key, flag] of Object.entries(document.flags ?? {})) {
    if (flag.kind !== 'prompt') continue;
    for (const [variant, payload] of Object.entries(flag.variants ?? {})) {
      replaceTemplates(payload, (template, at) => {
        for (const message of faultsOf(template)) {
          const path = ['flags', key, 'variants', variant, ...at];
          problems.push({ severity: 'error', check: 'reference', path, message });
        }
        return template;
      });
    }
  }
  return problems;
}

function faultsOf(text: string): readonly string[] {
  const { error, partials } = { partials: [], ...readTemplate(text) };
  if (error !== undefined)
    return [`is no Mustache template: ${error}; close every {{tag}} and {{#section}}{{/section}}`];
  return [...partials].map((name) => `asks for the partial {{> ${name}}}, and none are read; write its text here`);
}

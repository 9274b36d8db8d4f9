export { checkTemplates } from './prompt/check-templates.ts';
export type { BrokenTemplate, MissingVariable, RenderedPrompt } from './prompt/render-prompt.ts';
export { renderPrompt } from './prompt/render-prompt.ts';

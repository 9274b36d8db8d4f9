import type { Client } from '@openfeature/server-sdk';
import { measure } from '@sluice/openfeature-hooks';
import { switchGuard } from '@sluice/openfeature-provider';
import { models } from './models.ts';
import type { Snippet } from './snippets.ts';

export interface Answer {
  readonly language: string;
  /** By which the user can say later whether it was right. */
  readonly feedbackToken: string;
}

const FALLBACK = { model: 'franc-min' };

/** The service: in what language is this snippet written? The snippet's own language only scores the answer. */
export async function detectLanguage(client: Client, user: string, snippet: Snippet): Promise<Answer | Response> {
  const closed = await switchGuard(client, 'language-detection');
  if (closed) return closed;
  return measure(
    client,
    'language-model',
    FALLBACK,
    async ({ model }, run) => {
      const language = models[model]?.(snippet.text);
      run.record({ quality: language === snippet.language });
      if (language === undefined) throw new Error(`${model} could not tell`);
      return { language, feedbackToken: run.token() };
    },
    { context: { targetingKey: user }, onError: 'fallback' },
  );
}

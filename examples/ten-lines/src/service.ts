import { OpenFeature } from '@openfeature/server-sdk';
import { createRecorder, measure, ndjsonSink, QualityHook } from '@sluice/openfeature-hooks';
import { fileSource, SluiceProvider, switchGuard } from '@sluice/openfeature-provider';
import { ask, score } from './assistant.ts';

const FALLBACK = { model: 'gpt-4o', temperature: 0.2 };

/** Starts the service: flags from `flags`, measurements into `store`. */
export async function start(flags: string, store: string) {
  // At the start of the process
  const recorder = createRecorder({ sink: ndjsonSink(store) });
  OpenFeature.addHooks(new QualityHook(recorder));
  await OpenFeature.setProviderAndWait(new SluiceProvider(fileSource(flags), { recorder }));
  const client = OpenFeature.getClient();

  return {
    // In the request handler
    async answer(user: { id: string }, question: string) {
      const closed = await switchGuard(client, 'ai-agent');
      if (closed) return closed; // 503 with Retry-After
      return measure(
        client,
        'support-model',
        FALLBACK,
        async (model, run) => {
          const answer = await ask(model, question);
          run.record({ quality: score(answer) });
          return { answer, feedbackToken: run.token() };
        },
        { context: { targetingKey: user.id }, onError: 'fallback' },
      );
    },
    // Tomorrow, in another process
    async thumbsUp(token: string) {
      return recorder.feedback(token, { feedback: 1 });
    },
    async stop() {
      await OpenFeature.close();
      await recorder.close();
    },
  };
}

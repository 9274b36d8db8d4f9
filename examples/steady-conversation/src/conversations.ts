import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import type { Document } from '@sluice/core';
import { memorySource, SluiceProvider } from '@sluice/openfeature-provider';

export interface Outcome {
  /** Conversations that answered with two models. */
  readonly changed: number;
  /** Of those that began last, the share that the new model answered, 0 to 1. */
  readonly newModel: number;
}

const CONVERSATIONS = 1000;
const RAMP = [1, 10, 25, 50, 100];

/** The flag as its owner writes it; conversations are what is bucketed, not users and not requests. */
function flags(percentage: number, sticky: boolean): Document {
  return {
    sluice: 1,
    flags: {
      'chat-model': {
        unit: 'conversationId',
        sticky: sticky ? { ttlSeconds: 24 * 60 * 60 } : false,
        variants: { old: 'gpt-4o', new: 'claude-sonnet-4' },
        control: 'old',
        rollout: { percentage, serve: 'new' },
      },
    },
  };
}

/** A thousand conversations take a turn at every step of a ramp, and a thousand others begin at each. */
export async function converse(sticky: boolean): Promise<Outcome> {
  const source = memorySource(flags(0, sticky));
  const domain = sticky ? 'sticky' : 'plain';
  await OpenFeature.setProviderAndWait(domain, new SluiceProvider(source));
  const client = OpenFeature.getClient(domain);
  const answeredBy = new Map<string, Set<string>>();
  const turn = async (step: number, name: number): Promise<string> => {
    const conversationId = `conversation-${step}-${name}`;
    const model = await client.getStringValue('chat-model', 'gpt-4o', { conversationId });
    const models = answeredBy.get(conversationId) ?? new Set();
    answeredBy.set(conversationId, models.add(model));
    return model;
  };
  let newModel = 0;
  for (const [step, percentage] of RAMP.entries()) {
    const changed = new Promise((resolve) => client.addHandler(ProviderEvents.ConfigurationChanged, resolve));
    source.replace(flags(percentage, sticky));
    await changed;
    newModel = 0;
    for (let begun = 0; begun <= step; begun++) {
      for (let name = 0; name < CONVERSATIONS; name++) {
        if ((await turn(begun, name)) === 'claude-sonnet-4' && begun === step) newModel++;
      }
    }
  }
  const changed = [...answeredBy.values()].filter((models) => models.size > 1).length;
  return { changed, newModel: newModel / CONVERSATIONS };
}

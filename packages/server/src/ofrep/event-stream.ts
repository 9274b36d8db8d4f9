import { encodeEvent } from '../streams/event.ts';
import type { OpenStream } from '../streams/open-streams.ts';
import type { Configuration } from './configuration.ts';

/**
 * Tells a client to fetch anew (ADR 0008): at each change, and at once where it does not say by `Last-Event-ID` that it has
 * seen what holds now, because something may have changed between its last answer and this stream. Returns what ends it.
 */
export function streamConfiguration(
  configuration: Configuration,
  stream: OpenStream,
  lastEventId: string | undefined,
): () => void {
  const tell = (): void => {
    const { tag, changedAt } = configuration;
    if (tag === undefined) return;
    const data = { type: 'refetchEvaluation', etag: tag, lastModified: Math.floor(changedAt / 1000) };
    stream.send(encodeEvent({ event: 'message', id: tag, data }));
  };
  if (configuration.tag !== lastEventId) tell();
  return configuration.onChange(tell);
}

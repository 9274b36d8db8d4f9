import { onTestFinished } from 'vitest';

interface ReadEvent {
  readonly event?: string;
  readonly id?: string;
  readonly data?: unknown;
  readonly retry?: number;
}

export interface EventReader {
  /** The next event that has data; `undefined` once the stream has ended. */
  next(): Promise<ReadEvent | undefined>;
  /** Every comment and every event without data so far, as lines. */
  readonly asides: readonly string[];
  close(): Promise<void>;
}

/** Reads `text/event-stream` from a response, until the test ends. */
export function eventReader(response: Response): EventReader {
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  const asides: string[] = [];
  let text = '';
  const close = (): Promise<void> => reader.cancel().catch(() => undefined);
  onTestFinished(close);
  return {
    asides,
    close,
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end < 0) {
          const { done, value } = await reader.read();
          if (done) return undefined;
          text += value;
          continue;
        }
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const fields = Object.fromEntries(lines.map((line) => line.split(/: ?(.*)/s, 2)));
        if (fields['data'] === undefined) asides.push(...lines);
        else return { ...fields, data: JSON.parse(fields['data']) };
      }
    },
  };
}

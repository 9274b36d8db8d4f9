import type { Client } from '@openfeature/server-sdk';
import { type SwitchGuardOptions, switchAnswer } from './switch-answer.ts';

/** What the guard needs of a response: Express has it, and whatever else hands out the response of `node:http`. */
export interface ExpressSwitchResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

export type ExpressSwitchGuard = (
  request: unknown,
  response: ExpressSwitchResponse,
  next: (error?: unknown) => void,
) => Promise<void>;

/** Middleware that answers as `switchGuard` does where the switch is off, and lets through where it is on. */
export function expressSwitchGuard(client: Client, name: string, options?: SwitchGuardOptions): ExpressSwitchGuard {
  return (_request, response, next) =>
    switchAnswer(client, name, options)
      .then((closed) => {
        if (closed === undefined) return next();
        response.statusCode = closed.status;
        for (const [header, value] of Object.entries(closed.headers)) response.setHeader(header, value);
        response.end(closed.body);
      })
      // Express 4 looks at no promise: a response that had been answered meanwhile would end the process.
      .catch(next);
}

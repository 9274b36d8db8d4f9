import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Arm, FeedbackResult } from '@sluice/core';

/** What a token carries: all that an outcome needs, so that nothing has to be looked up when feedback comes. */
export interface TokenPayload {
  readonly v: 1;
  readonly run: string;
  readonly flag: string;
  readonly variant: string;
  readonly arm: Arm;
  readonly stage: string;
  /** As it is stored: hashed, unless the recorder writes plain units. */
  readonly unit: string;
  /** When the token was made, ms since the epoch. */
  readonly at: number;
}

export interface FeedbackTokens {
  sign(payload: TokenPayload): string;
  /** Never throws, whatever is handed in. `now` is ms since the epoch. */
  verify(token: unknown, now: number): TokenPayload | RejectedToken;
}

type RejectedToken = Extract<FeedbackResult, { readonly accepted: false }>;

/** Longer than any flag and variant name can make a token; what is longer is not worth hashing. */
const LONGEST_TOKEN = 16_384;
const shape = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;
const DAY_MS = 86_400_000;

/**
 * Tokens are `payload.signature`, both base64url. The signature is HMAC-SHA256 under a key of its own, derived so that no
 * unit, whatever its id, can hash to a part of it.
 *
 * Signatures are compared as text: two texts can decode to the same bytes, and only one of them is the token.
 */
export function feedbackTokens(key: Uint8Array, tokenTtlDays: number): FeedbackTokens {
  const tokenKey = Buffer.from(hkdfSync('sha256', key, '', 'sluice feedback token', 32));
  const signatureOf = (payload: string): string => createHmac('sha256', tokenKey).update(payload).digest('base64url');

  return {
    sign(payload) {
      const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
      return `${text}.${signatureOf(text)}`;
    },
    verify(token, now) {
      if (typeof token !== 'string') return rejected('malformed', `a feedback token is a string, not ${typeof token}`);
      if (token.length > LONGEST_TOKEN)
        return rejected('malformed', `${token.length} characters are no feedback token`);
      const [, text, signature] = shape.exec(token) ?? [];
      if (text === undefined || signature === undefined) {
        return rejected(
          'malformed',
          'a feedback token is two base64url parts with a dot between; hand it on unchanged',
        );
      }
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(text)))) {
        return rejected('forged', 'the token was changed, or signed with another key: give all recorders the same key');
      }
      const payload = JSON.parse(Buffer.from(text, 'base64url').toString()) as TokenPayload;
      if (payload.v !== 1)
        return rejected('malformed', `version ${payload.v} of feedback tokens is newer than this package`);
      if (now - payload.at > tokenTtlDays * DAY_MS) {
        return rejected('expired', `the token is more than ${tokenTtlDays} days old`);
      }
      return payload;
    },
  };
}

function rejected(reason: RejectedToken['reason'], message: string): RejectedToken {
  return { accepted: false, reason, message };
}

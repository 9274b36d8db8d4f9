/** One person's request: who asks, when (ms since the epoch), for which snippet, and whether they say later if it was right. */
export interface Request {
  readonly user: string;
  readonly at: number;
  readonly snippet: number;
  readonly saysLater: boolean;
}

export interface TrafficOptions {
  readonly users: number;
  readonly days: number;
  readonly snippets: number;
  /** ms since the epoch. */
  readonly until: number;
  readonly seed: number;
}

const DAY_MS = 86_400_000;

/**
 * Who asks and when: the only thing in this example that is made up. A few people ask a hundred times and most ask a
 * handful, because that is what traffic looks like and what breaks statistics that treat requests as independent.
 */
export function generateTraffic({ users, days, snippets, until, seed }: TrafficOptions): readonly Request[] {
  const random = randomNumbers(seed);
  const requests: Request[] = [];
  for (let user = 0; user < users; user++) {
    const count = Math.min(200, Math.ceil(Math.exp(1.4 + 1.1 * normal(random))));
    const arrives = random() * days;
    for (let index = 0; index < count; index++) {
      requests.push({
        user: `user-${user}`,
        at: Math.floor(until - (days - arrives) * random() * DAY_MS) - 1,
        snippet: Math.floor(random() * snippets),
        saysLater: random() < 0.05,
      });
    }
  }
  return requests.sort((left, right) => left.at - right.at);
}

/** Mulberry32: the same numbers on every machine. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

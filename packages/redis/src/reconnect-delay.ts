/**
 * How long a connection for messages waits before it tries again, in ms. Whatever the application does with its own, this one
 * comes back, and soon; by chance, so that many processes that lost Redis in one moment don't return in one.
 */
export function reconnectDelay(failures: number): number {
  return Math.min(50 * (failures + 1), 1000) * (0.5 + Math.random() / 2);
}

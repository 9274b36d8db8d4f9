/** Minutes are as fine as a window of days needs: `2026-11-22 14:03 UTC`. */
export function formatTime(at: number): string {
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}

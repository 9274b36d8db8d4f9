import { type Seen, spendNight } from './night.ts';

const { before, killed, restored, milliseconds } = await spendNight(3);

function print(title: string, seen: readonly Seen[]): void {
  console.log(title);
  for (const { status, retryAfter, text } of seen) {
    console.log(`  ${status}${retryAfter === null ? '' : `, Retry-After ${retryAfter}`}  ${text}`);
  }
}

print('before', before);
print(`killed; the last service had heard of it after ${milliseconds.toFixed(0)} ms`, killed);
print('restored', restored);

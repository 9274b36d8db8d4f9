import { defineConfig } from 'vitest/config';

// Tests read the packages' sources, so they need no build and a stack trace lands in a .ts file.
const conditions = ['@sluice/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
    testTimeout: 30_000,
  },
});

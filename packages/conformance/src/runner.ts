/** The two functions of a test runner that a suite needs; vitest, jest and `node:test` have them. */
export interface Runner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => void | Promise<void>): void;
}

// What an application has already. The answers are canned, because the example is about what happens around them.

export async function ask({ model }: { model: string }, question: string): Promise<string> {
  if (question === 'What breaks Claude?' && model !== 'gpt-4o') throw new Error('the model is overloaded');
  return `${model} says: it depends.`;
}

/** Any number between 0 and 1: a judge's, a test's, a user's. */
export function score(answer: string): number {
  return answer.includes('depends') ? 0.5 : 1;
}

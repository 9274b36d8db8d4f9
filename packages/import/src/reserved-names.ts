import type { Condition } from '@sluice/core';

type Word = keyof { [Name in keyof Condition as string extends Name ? never : Name]: true };

/** All of them, or this does not compile. */
const words: Readonly<Record<Word, true>> = {
  all: true,
  any: true,
  none: true,
  inSegment: true,
  now: true,
  bucket: true,
};

/** Whether it is a word of a condition, and so no attribute at the top of a context. */
export function isConditionWord(name: string): boolean {
  return Object.hasOwn(words, name);
}

/** Whether every object of JavaScript has it: an SDK that reads plain members finds it in every context. */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}

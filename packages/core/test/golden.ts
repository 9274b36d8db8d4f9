import { readFileSync } from 'node:fs';

/** The cases of one golden file, and whatever else it holds. */
export function golden<Case, More = object>(name: string): { readonly cases: readonly Case[] } & More {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'));
}

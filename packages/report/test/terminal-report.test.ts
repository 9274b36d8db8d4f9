import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { terminalReport } from '../src/terminal-report.ts';
import { eld, franc, impactOf, lande } from './fixtures/impact.ts';

const plain = { color: false };

/** The cells of the table row that begins with this label. */
function cells(report: string, label: string): readonly string[] {
  const line = report.split('\n').find((text) => text.startsWith(`│ ${label} `));
  return (line ?? '')
    .split('│')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
}

describe('terminalReport', () => {
  it('puts control, candidate, difference, interval, margin and gate of a metric on one line, with units', () => {
    const report = terminalReport(impactOf([franc, eld]), plain);
    expect(cells(report, 'quality')).toEqual([
      'quality',
      '89.0%',
      '98.7%',
      '+9.70 pp',
      '[+8.77, +10.63]',
      '2 pp',
      'pass',
    ]);
    expect(cells(report, 'p95 latency').slice(0, 4)).toEqual(['p95 latency', '112 µs', '41.0 µs', '-71.0 µs']);
    expect(cells(report, 'cost')).toContain('$0.00120');
    expect(cells(report, 'units')).toEqual(['units', '2,000', '2,000']);
    expect(cells(report, 'runs')).toEqual(['runs', '16,000', '16,000']);
  });

  it('names the verdict of each candidate with all its reasons below', () => {
    const impact = impactOf([franc, eld, lande]);
    const report = terminalReport(impact, plain);
    expect(report).toMatch(/^PROMOTE eld$/m);
    expect(report).toMatch(/^ROLLBACK lande\n {2}- quality: worse/m);
    const unwrapped = report.replace(/\n {4}/g, ' ');
    const reasons = impact.stages.flatMap(({ candidates }) => candidates.flatMap(({ verdict }) => verdict.reasons));
    expect(reasons.length).toBeGreaterThan(8);
    for (const reason of reasons) expect(unwrapped).toContain(`  - ${reason}`);
  });

  it.each([96, 120])('fits into %i columns, whatever the names', (width) => {
    const long = 'a-very-long-variant-name/with-slashes-and-version-2026-11-22';
    const short = { ...franc, cost: 0.01 };
    for (const sketches of [
      [short, { ...eld, variant: long, cost: 0.01 }],
      [
        { ...short, variant: long },
        { ...eld, variant: `${long}-b`, cost: 0.01 },
      ],
    ]) {
      const report = terminalReport(impactOf(sketches), { color: true, width });
      const table = stripVTControlCharacters(report)
        .split('\n')
        .filter((line) => /^[│┌├└]/.test(line));
      expect(table.length).toBeGreaterThan(8);
      expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(width);
      const words = stripVTControlCharacters(report)
        .split('\n')
        .filter((line) => !line.includes(long));
      expect(Math.max(...words.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  it('is the same text with and without colours, and has no colours unless asked', () => {
    const impact = impactOf([franc, eld, lande]);
    const colored = terminalReport(impact, { color: true });
    expect(colored).not.toBe(terminalReport(impact, plain));
    expect(stripVTControlCharacters(colored)).toBe(terminalReport(impact, plain));
  });

  it('says what was left out, who crossed over, and who was compared with nobody', () => {
    const impact = impactOf([franc, eld, { ...franc, arm: 'none', units: 12_000 }], {
      crossovers: 3,
      skippedLines: 2,
      duplicates: 7,
    });
    const report = terminalReport(impact, plain);
    expect(report).toContain('Lines that could not be read and are left out: 2.');
    expect(report).toContain('Records that came twice and count once: 7.');
    expect(report).toContain('Units that met two variants and count in their first only: 3.');
    expect(report).toContain('Not compared: franc-min, 12,000 units, 96,000 runs.');
  });

  it('warns of arms that are not as large as the split promised', () => {
    const report = terminalReport(impactOf([franc, { ...eld, units: 1500 }]), plain);
    expect(report).toMatch(/^HOLD eld$/m);
    expect(report).toContain('Sample ratio: NOT as the split promised (franc-min 2,000 of 1,750');
  });

  it('writes a dash where an arm recorded nothing', () => {
    const { cost: _, ...free } = eld;
    const report = terminalReport(impactOf([franc, free]), plain);
    expect(cells(report, 'cost')).toEqual(['cost', '$0.00120', '–', '–', '–', '–', 'missing']);
  });

  it('says so where nothing was recorded', () => {
    expect(terminalReport(impactOf([]), plain)).toContain('Nothing was recorded in this window.');
  });

  it('lets no escape sequence of a name reach the terminal', () => {
    const evil = { ...eld, variant: 'x\u001b[2Jy\nz', stage: '\u001b]0;title\u0007' };
    const report = terminalReport(impactOf([{ ...franc, stage: evil.stage }, evil, { ...evil, arm: 'none' }]), plain);
    expect(report).not.toMatch(/[^\P{Cc}\n]/u);
    expect(report).toMatch(/^PROMOTE x\?\[2Jy\?z$/m);
  });
});

/** The page's only style sheet. Plots name these colours, so both follow the reader's choice of light or dark. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1b1f24; --muted: #5b6570; --line: #c9d0d8; --zone: #fbe9e9;
  --good: #12704a; --bad: #b3261e; --doubt: #8a5a00; --control: #8b95a1; --candidate: #2f6fdb;
  --good-back: #e2f4ea; --bad-back: #fbe4e2; --doubt-back: #fdf0d5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151a; --card: #1a1f26; --text: #e6eaef; --muted: #9aa5b1; --line: #3b4552; --zone: #33201f;
    --good: #5fd39b; --bad: #ff8a80; --doubt: #f0bf5b; --control: #7c8794; --candidate: #6ea3ff;
    --good-back: #16352a; --bad-back: #40211f; --doubt-back: #3a2f17;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 32px 20px 48px; }
h1 { font-size: 24px; margin: 0 0 24px; }
h2 { font-size: 20px; margin: 32px 0 0; overflow-wrap: anywhere; }
h3 { font-size: 16px; margin: 0; }
h4 { font-size: 18px; margin: 0 0 8px; display: flex; gap: 10px; align-items: center; flex-wrap: wrap; overflow-wrap: anywhere; }
p { margin: 4px 0; }
.muted, figcaption, caption, footer { color: var(--muted); font-size: 13px; }
.stage, .candidate { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin-top: 16px; }
.badge, .status { border-radius: 999px; font-weight: 600; white-space: nowrap; }
.badge { padding: 3px 12px; font-size: 13px; letter-spacing: 0.03em; text-transform: uppercase; }
.status { padding: 1px 9px; font-size: 12px; }
.promote, .pass { color: var(--good); background: var(--good-back); }
.rollback, .fail { color: var(--bad); background: var(--bad-back); }
.hold, .undecided, .missing { color: var(--doubt); background: var(--doubt-back); }
.warning { color: var(--bad); font-weight: 600; }
.deciding { font-size: 16px; margin-bottom: 12px; }
figure { margin: 16px 0 0; }
svg { display: block; width: 100%; height: auto; }
.scroll { overflow-x: auto; margin-top: 14px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 14px; }
caption { text-align: left; padding-bottom: 4px; }
th, td { padding: 6px 9px; text-align: right; border-top: 1px solid var(--line); white-space: nowrap; }
thead th { border-top: 0; color: var(--muted); font-weight: 600; font-size: 13px; }
th { white-space: normal; max-width: 15em; overflow-wrap: anywhere; min-width: 4em; }
th:first-child { text-align: left; padding-left: 0; }
td:last-child, thead th:last-child { padding-right: 0; }
details { margin-top: 14px; }
summary { cursor: pointer; color: var(--muted); font-size: 14px; }
li { margin: 3px 0; }
footer { margin-top: 28px; }
@media print { body { background: none; } .stage, .candidate { break-inside: avoid; } }
`;

/** One sheet for every page of the sandbox; light and dark, from 320 px up. */
export const CHECKOUT_STYLES = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1a1f36, #eef0f6);
  --quiet: light-dark(#545c74, #a6adc2);
  --ground: light-dark(#ffffff, #14171f);
  --tint: light-dark(#f4f6fb, #1b1f2a);
  --line: light-dark(#c9cfdd, #3a4152);
  --edge: light-dark(#7d869f, #767f96);
  --accent: light-dark(#3d45c4, #a9b0ff);
  --on-accent: light-dark(#ffffff, #14171f);
  --bad: light-dark(#a8182f, #ff9aa8);
  --bad-tint: light-dark(#fdecee, #3a1a20);
  --warn: light-dark(#fff3cf, #4a3a05);
  --warn-ink: light-dark(#5c4300, #ffe9a8);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
* { box-sizing: border-box }
body { margin: 0; color: var(--ink); background: var(--ground) }
a { color: var(--accent) }
h1, p, ul, dl, dd { margin: 0 }
ul { padding: 0; list-style: none }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.sandbox { padding: 8px 20px; background: var(--warn); color: var(--warn-ink); text-align: center; font-size: 14px }
.checkout { display: grid; min-height: calc(100vh - 37px); min-height: calc(100dvh - 37px) }
.summary { padding: 24px 20px; background: var(--tint) }
.payment { display: grid; gap: 20px; align-content: start; padding: 24px 20px }
.back { display: inline-block; padding: 4px 0; margin-bottom: 20px; color: var(--quiet); text-decoration: none }
.back:hover { color: var(--ink); text-decoration: underline }
.merchant { display: block; font-size: 16px; font-weight: 500; color: var(--quiet) }
h1 .due { display: block; font-size: 34px; line-height: 1.2; letter-spacing: -0.02em; overflow-wrap: anywhere }
.lines { display: grid; gap: 16px; padding: 24px 0; margin-top: 20px; border-top: 1px solid var(--line) }
.line, .totals > div { display: flex; justify-content: space-between; gap: 16px }
.product { font-weight: 600; overflow-wrap: anywhere }
.amount, .totals dd { white-space: nowrap; font-variant-numeric: tabular-nums }
.each, .note { color: var(--quiet); font-size: 14px }
.totals { display: grid; gap: 10px; padding-top: 16px; border-top: 1px solid var(--line) }
.totals .total { padding-top: 10px; border-top: 1px solid var(--line); font-weight: 700 }
.field { display: grid; gap: 6px; min-width: 0 }
.field > span, legend { font-weight: 600; font-size: 14px }
.field small, .hint, .consent { color: var(--quiet); font-size: 13px }
.field input {
  width: 100%; min-height: 44px; padding: 8px 12px; border: 1px solid var(--edge); border-radius: 8px;
  font: inherit; color: inherit; background: var(--ground);
}
.field input::placeholder { color: var(--quiet); opacity: 1 }
.field input[readonly] { background: var(--tint); color: var(--quiet) }
.field input[aria-invalid] { border-color: var(--bad); border-width: 2px }
legend { padding: 0; margin-bottom: 6px }
.methods { display: grid; gap: 12px; min-width: 0; padding: 0; margin: 0; border: 0 }
.method { display: flex; gap: 10px; align-items: center; min-height: 44px; padding: 8px 12px; border: 1px solid var(--edge); border-radius: 8px; cursor: pointer }
.method:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
.method input { width: 18px; height: 18px; margin: 0; accent-color: var(--accent) }
.fields { display: grid; gap: 14px; padding-top: 4px }
.methods:has(#method-bank_debit:checked) .card-fields,
.methods:has(#method-card:checked) .bank-fields { display: none }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 14px }
.hint { padding: 12px; border-radius: 8px; background: var(--tint) }
.hint a { display: inline-block; padding: 2px 0; font-variant-numeric: tabular-nums; white-space: nowrap }
.submit { display: flex; flex-wrap: wrap; gap: 12px 18px; align-items: center }
.submit .due { font-weight: 700; font-variant-numeric: tabular-nums }
button, .button {
  display: inline-block; min-height: 48px; padding: 10px 28px; border: 1px solid var(--accent); border-radius: 8px;
  font: inherit; font-weight: 650; text-decoration: none; cursor: pointer; color: var(--on-accent); background: var(--accent);
}
.submit button { flex: 1 1 150px; padding-inline: 16px }
button.second { color: var(--accent); background: transparent }
.problem { padding: 12px 14px; border: 1px solid var(--bad); border-radius: 8px; background: var(--bad-tint) }
.problem strong { color: var(--bad) }
.message { display: grid; gap: 16px; justify-items: start; max-width: 560px; margin: 0 auto; padding: 56px 20px }
.message h1 { font-size: 26px; line-height: 1.25 }
.message form { display: flex; flex-wrap: wrap; gap: 12px }
.rows { display: grid; gap: 8px; width: 100% }
.rows li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; padding: 10px 0; border-bottom: 1px solid var(--line) }
@media (min-width: 820px) {
  .checkout { grid-template-columns: 1fr 1fr }
  .summary { padding: 56px clamp(24px, 6vw, 88px); }
  .payment { padding: 56px clamp(24px, 6vw, 88px); max-width: 640px }
}
@media (forced-colors: active) { .method:has(:checked) { outline: 2px solid Highlight } }
`

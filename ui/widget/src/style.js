// @ts-check
// The widget's look, as a sheet made by script: a page that allows no inline style allows this.

export const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host { all: initial; font: 15px/1.45 "Inter Variable", Inter, system-ui, sans-serif; font-feature-settings: "tnum","cv11","ss03";
  --bg:#fbfaf7; --surface:#fff; --line:#ece7dd; --strong:#d3cfc5; --text:#1b1a17; --soft:#6b665d; --accent:#0b6b57;
  --ink:#fff; --wash:#e3f1ec; --wash-line:#a9d3c6; --wash-soft:#3d5a51; --bad:#b3261e; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :host { --bg:#151614; --surface:#20211e; --line:#2f302c; --strong:#45463f; --text:#edebe5;
  --soft:#a8a49a; --accent:#4cc3a3; --ink:#06251d; --wash:#16302a; --wash-line:#2b5e50; --wash-soft:#a5cfc2; --bad:#f2847b; } }
* { box-sizing: border-box; margin: 0; font: inherit; color: inherit; }
[hidden] { display: none !important; }
dialog { position: fixed; inset: auto 34px 30px auto; width: 372px; max-width: calc(100vw - 24px); max-height: min(640px, calc(100vh - 48px));
  padding: 0; border: 1px solid var(--line); border-radius: 18px; background: var(--surface); color: var(--text); overflow: hidden;
  box-shadow: 0 2px 6px rgb(27 26 23 / 8%), 0 18px 50px rgb(27 26 23 / 22%); }
dialog[open] { display: flex; flex-direction: column; }
dialog::backdrop { background: rgb(27 26 23 / 7%); }
.head { display: flex; align-items: center; gap: 10px; padding: 13px 10px 13px 16px; border-bottom: 1px solid var(--line); }
.head svg { flex: none; } .head div { flex: 1; min-width: 0; }
h2 { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.small { font-size: 12.5px; color: var(--soft); }
.link { background: none; border: 0; padding: 2px 0; text-decoration: underline; cursor: pointer; font-size: 12.5px; color: var(--soft); }
.x { border: 0; background: none; width: 40px; height: 40px; border-radius: 10px; cursor: pointer; color: var(--soft); font-size: 17px; }
.x:hover, .link:hover { color: var(--text); }
.middle { flex: 1; overflow-y: auto; padding: 16px; background: var(--bg); display: flex; flex-direction: column; gap: 10px; min-height: 150px; }
ol { list-style: none; padding: 0; display: flex; flex-direction: column; gap: 9px; }
li { max-width: 84%; padding: 9px 13px; border-radius: 14px; background: var(--surface); border: 1px solid var(--line);
  overflow-wrap: anywhere; white-space: pre-line; align-self: flex-start; }
li.customer { align-self: flex-end; background: var(--accent); color: var(--ink); border-color: transparent; }
li.system { align-self: center; background: none; border: 0; color: var(--soft); font-size: 13px; text-align: center; padding: 2px 8px; }
li.pending { opacity: .75; }
.who { display: block; font-size: 12px; color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.card { border: 1px solid var(--wash-line); background: var(--wash); border-radius: 14px; padding: 13px 14px; }
.pair { display: flex; justify-content: space-between; gap: 12px; } .pair b { font-weight: 600; }
.pair b:first-child { overflow-wrap: anywhere; } .pair b + b { white-space: nowrap; font-weight: 640; }
.fine { color: var(--wash-soft); font-size: 13.5px; margin: 2px 0 11px; }
.row { display: flex; gap: 8px; }
.b { flex: 1; min-height: 40px; padding: 0 14px; border-radius: 10px; border: 1px solid var(--strong); background: var(--surface); font-weight: 560;
  cursor: pointer; display: inline-flex; align-items: center; justify-content: center; text-decoration: none; text-align: center; }
.b.p { background: var(--accent); border-color: var(--accent); color: var(--ink); }
.b[disabled] { opacity: .6; cursor: default; }
.status { color: var(--soft); font-size: 13.5px; } .status:empty { display: none; } .status.bad { color: var(--bad); }
form { display: flex; gap: 8px; padding: 12px 14px; border-top: 1px solid var(--line); }
input { flex: 1; min-width: 0; border: 1px solid transparent; border-radius: 9px; padding: 8px; background: none; min-height: 40px; }
input::placeholder { color: var(--soft); opacity: 1; }
form .b { flex: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.float { position: fixed; right: 24px; bottom: 24px; flex: none; min-height: 46px; box-shadow: 0 6px 24px rgb(27 26 23 / 22%); }
@media (max-width: 520px) { dialog { inset: auto 0 0 0; width: 100%; max-width: none; max-height: 88vh; border-radius: 18px 18px 0 0; margin: auto 0 0; } }
@media (prefers-reduced-motion: no-preference) { dialog[open] { animation: rise 140ms ease-out; } @keyframes rise { from { opacity: 0; translate: 0 10px; } } }
`);

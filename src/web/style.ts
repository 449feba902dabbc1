/**
 * The board's style: system fonts, one column that is readable on a phone, light or dark as the reader's system is.
 * The colours are those of the drawings (picture/ink.ts).
 */
import { STATUS_ORDER } from '../core/wording.ts';
import { DRAWING_STYLE, properties } from '../picture/ink.ts';

const BY_STATUS = STATUS_ORDER.map(
  (status) => `.badge.s-${status}{color:var(--${status});background:var(--${status}-tint)}
.tally .s-${status}{color:var(--${status})}
.claim.s-${status},.one>header.s-${status}{border-left-color:var(--${status}-band)}`,
).join('\n');

export const STYLE = `:root{color-scheme:light dark;${properties('light')}}
@media (prefers-color-scheme:dark){:root{${properties('dark')}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
main,.top,.bottom,.demo{max-width:62rem;margin-inline:auto;padding-inline:1rem}
main:focus{outline:none}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,button:focus-visible,input:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
h1,h2,h3,p,ol,ul,dl,figure,blockquote{margin:0}
ol,ul{padding:0;list-style:none}
h1{font-size:1.6rem;line-height:1.25;letter-spacing:-.01em;margin-block:.25rem .75rem}
.story{font-size:1rem;font-weight:400;color:var(--soft);letter-spacing:0}
h2{font-size:1.15rem;margin-block:2rem .5rem}
h3{font-size:1.05rem;line-height:1.35;font-weight:600}
time,.count,.counts{font-variant-numeric:tabular-nums}
time{white-space:nowrap}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem;z-index:1}
.demo{max-width:none;background:var(--demo);color:var(--demo-ink);padding-block:.5rem;text-align:center;font-size:.9rem}
.demo strong{margin-right:.4em}
.stale .top::after{content:"The board does not answer; what you see may be old.";color:var(--refuted);font-size:.85rem}
.top{display:flex;flex-wrap:wrap;align-items:center;gap:.2rem .75rem;padding-block:1rem .75rem;margin-bottom:.75rem;border-bottom:1px solid var(--rule)}
.brand{display:inline-flex;align-items:center;gap:.4rem;font-weight:700;font-size:1.1rem;color:var(--ink);text-decoration:none}
.logo{fill:none;stroke:var(--accent);stroke-width:1.8}.logo circle{fill:var(--accent);stroke:none}
.motto,.checked,.since,.fine,.host,.from,.relays,.by,.rule,figcaption,.bottom{color:var(--soft);font-size:.875rem}
.symbol{flex:none;vertical-align:-.15em}
.badge{display:inline-flex;align-items:baseline;gap:.35rem;padding:.05rem .55rem .05rem .4rem;border-radius:99px;font-weight:600;font-size:.875rem;white-space:nowrap}
.badge .symbol{align-self:center}
.tally{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin-bottom:1rem}
.tally li{display:inline-flex;align-items:center;gap:.35rem}
.topics{display:flex;flex-wrap:wrap;gap:.4rem .5rem;margin-bottom:.5rem}
.topics a{padding:.3rem .75rem;border:1px solid var(--rule);border-radius:99px;background:var(--card);text-decoration:none}
.latest{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:.25rem 1rem .75rem;margin-top:1rem}
.latest h2{margin-block:.6rem .25rem}
.latest li{padding-block:.4rem;border-top:1px solid var(--rule)}
.latest li:first-child{border-top:0}
.latest time{display:inline-block;min-width:3.8rem;color:var(--soft);font-size:.875rem}
.because{display:block;color:var(--soft);font-size:.9rem}
.checked{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem}
.claims{display:grid;gap:.6rem;margin-top:.6rem}
.claim{display:grid;gap:.5rem 1.25rem;background:var(--card);border:1px solid var(--rule);border-left:5px solid;border-radius:8px;padding:.7rem 1rem}
.claim h3{margin-block:.35rem .15rem}
.claim h3 a{color:var(--ink);text-decoration-color:var(--rule);text-decoration-thickness:2px}
.claim h3 a:hover{text-decoration-color:var(--link)}
.what .since{margin-left:.5rem}
.who b{font-weight:650}.contra{color:var(--refuted)}
.spark{align-self:center;max-width:100%}
.drawing{display:block;width:100%;height:auto}
.crumbs{margin-bottom:.5rem}
.asof{background:var(--demo);color:var(--demo-ink);padding:.5rem .9rem;border-radius:8px;margin-bottom:.75rem}
.asof a{color:inherit}
.one>header{border-left:5px solid;padding-left:.9rem}
.lead{font-size:1.05rem}.rule{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.8rem;white-space:nowrap}
.note{color:var(--soft);border:1px dashed var(--rule);border-radius:6px;padding:.35rem .7rem;margin-top:.4rem;font-size:.9rem}
.counts{margin-top:.4rem}
figure{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:.75rem 1rem;margin-top:1.25rem}
figcaption{margin-top:.35rem}
.tree{max-width:30rem}
.narrow{display:none}
.origins li{position:relative;padding:.5rem 0 .5rem 2.2rem;border-top:1px solid var(--rule)}
.origins li:first-child{border-top:0}
.number{position:absolute;left:0;top:.6rem;width:1.5rem;height:1.5rem;border-radius:50%;background:var(--mark);color:var(--mark-ink);font-size:.8rem;font-weight:700;display:grid;place-items:center}
.against .number{background:var(--card);color:var(--mark);border:2px solid var(--mark);border-radius:4px;transform:rotate(45deg)}
.against .number i{transform:rotate(-45deg);font-style:normal}.number i{font-style:normal}
.strength,.stance,.tag{font-size:.8rem;color:var(--soft);border:1px solid var(--rule);border-radius:4px;padding:0 .35rem;white-space:nowrap}
.st-supports{color:var(--confirmed)}.st-refutes{color:var(--refuted)}
.chain{font-size:.95rem}
.quote{margin:.3rem 0;padding-left:.8rem;border-left:3px solid var(--rule)}
.quote footer{font-size:.875rem}
.paraphrase{font-style:normal;color:var(--soft)}
section>ul:not(.claims):not(.evidence){list-style:disc;padding-left:1.2rem}
.history li,.evidence li{padding-block:.45rem;border-top:1px solid var(--rule)}
.history li:first-child,.evidence li:first-child{border-top:0}
.history time,.evidence time{display:inline-block;min-width:3.8rem;color:var(--soft);font-size:.875rem}
.by::before{content:"· "}
details{margin-top:.6rem}
.origins details{margin-top:.2rem;font-size:.875rem;color:var(--soft)}
summary{cursor:pointer;padding-block:.25rem}
.legend,.health{margin-top:1.5rem;border-top:1px solid var(--rule);padding-top:.5rem}
.legend dl{display:grid;gap:.3rem;margin-block:.5rem}
.legend dl>div{display:flex;flex-wrap:wrap;gap:.1rem .75rem;align-items:center}
.legend dt{min-width:8.5rem}.legend dd{margin:0}
.parts li,.feeds li{padding-block:.15rem}
.p-ok b::before{content:"✓ ";color:var(--confirmed)}.p-degraded b::before{content:"! ";color:var(--disputed)}.p-down b::before{content:"✗ ";color:var(--refuted)}
.then{margin-top:2rem;padding-top:1rem;border-top:1px solid var(--rule);display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
input,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:6px;padding:.35rem .6rem;min-height:2.75rem}
button{cursor:pointer;font-weight:600}
.bottom{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin-top:3rem;padding-block:1rem 2rem;border-top:1px solid var(--rule)}
.bottom nav{display:flex;gap:.9rem}
${DRAWING_STYLE}
${BY_STATUS}
@media (min-width:46rem){.claim{grid-template-columns:minmax(0,1fr) 180px}}
@media (max-width:45.99rem){.wide{display:none}.narrow{display:block}figure{padding:.6rem .5rem}h1{font-size:1.35rem}.latest time,.history time,.evidence time{min-width:0;margin-right:.4rem}.latest a{display:block;margin-top:.1rem}.latest li:nth-child(n+4){display:none}.axis-words{display:none}.topics a{padding:.55rem .9rem}}
@media (forced-colors:active){.badge,.claim{border:1px solid CanvasText}.band{forced-color-adjust:none}}
@media print{.topics,.then,.bottom,.skip{display:none}}
`;

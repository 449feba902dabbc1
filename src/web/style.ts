/**
 * The board's style: system fonts, one column that is readable on a phone, light or dark as the reader's system is.
 * Every text reaches 4.5:1 on its ground in both; a test in Chromium measures it.
 */
const STATUSES = ['confirmed', 'corroborated', 'reported', 'unverified', 'disputed', 'refuted', 'expired'] as const;

/** Text colour, tint behind a badge, band of a timeline. */
const LIGHT: Readonly<Record<(typeof STATUSES)[number], readonly [string, string, string]>> = {
  confirmed: ['#0a6138', '#ddf3e6', '#2a9d62'],
  corroborated: ['#0c4f8a', '#dfecfa', '#3f87cf'],
  reported: ['#445063', '#e9edf3', '#93a1b5'],
  unverified: ['#5a5f69', '#f0f1f3', '#c3c8d0'],
  disputed: ['#824500', '#fdeccb', '#dd9226'],
  refuted: ['#9c1f29', '#fbe2e3', '#cf4b55'],
  expired: ['#5f4384', '#eee7f8', '#a488cc'],
};
const DARK: typeof LIGHT = {
  confirmed: ['#7fdcaa', '#123626', '#2f9a63'],
  corroborated: ['#93c5f7', '#132c47', '#3c7fc2'],
  reported: ['#bac6d6', '#252d38', '#6b7a90'],
  unverified: ['#a9b0bb', '#22262d', '#4a525e'],
  disputed: ['#f3bd6b', '#3b2a0d', '#b97a1f'],
  refuted: ['#f59aa1', '#42191d', '#b8434d'],
  expired: ['#c9b3ee', '#2d2340', '#7d63a8'],
};

function palette(colours: typeof LIGHT): string {
  return STATUSES.map((status) => {
    const [ink, tint, band] = colours[status];
    return `--${status}:${ink};--${status}-tint:${tint};--${status}-band:${band};`;
  }).join('');
}

const BY_STATUS = STATUSES.map(
  (status) => `.badge.s-${status}{color:var(--${status});background:var(--${status}-tint)}
.tally .s-${status}{color:var(--${status})}
.claim.s-${status},.one>header.s-${status}{border-left-color:var(--${status}-band)}
.band.s-${status}{fill:var(--${status}-band)}
.word.s-${status}{fill:var(--${status})}`,
).join('\n');

export const STYLE = `:root{color-scheme:light dark;--ground:#fbfbfa;--card:#fff;--ink:#1b2129;--soft:#535c69;--rule:#dfe3e8;--link:#0f5c9c;--mark:#1b2129;--mark-ink:#fff;--accent:#175f6e;--demo:#fff3d1;--demo-ink:#5f4300;${palette(LIGHT)}}
@media (prefers-color-scheme:dark){:root{--ground:#12161b;--card:#191e25;--ink:#e7ebf0;--soft:#a3adba;--rule:#2d343e;--link:#8cc4f8;--mark:#e7ebf0;--mark-ink:#12161b;--accent:#6fc3d3;--demo:#3a2f10;--demo-ink:#f6dc95;${palette(DARK)}}}
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
.symbol .solid{fill:currentColor}.symbol .line{fill:none;stroke:currentColor;stroke-width:1.8}.symbol .dashed{stroke-dasharray:2.6 2.2}
.symbol .cut{fill:none;stroke:var(--card);stroke-width:2;stroke-linecap:round}
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
.axis{stroke:var(--rule);stroke-width:1}
.mark{fill:var(--mark)}.mark.against{fill:var(--card);stroke:var(--mark);stroke-width:1.8}
.deadline{stroke:var(--soft);stroke-width:1.3;stroke-dasharray:3 3}
.timeline{display:block;width:100%;height:auto}
.timeline text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.timeline .when{fill:var(--soft)}.timeline .word{font-weight:600}
.tick{stroke:var(--soft);stroke-width:1;opacity:.75}
.origin circle,.origin path{fill:var(--mark)}.origin text{fill:var(--mark-ink);font-weight:700;font-size:11px}
.origin line{stroke:var(--mark);stroke-width:1;opacity:.55}
.origin.against path{fill:var(--card);stroke:var(--mark);stroke-width:1.6}.origin.against text{fill:var(--mark)}
.crumbs{margin-bottom:.5rem}
.asof{background:var(--demo);color:var(--demo-ink);padding:.5rem .9rem;border-radius:8px;margin-bottom:.75rem}
.asof a{color:inherit}
.one>header{border-left:5px solid;padding-left:.9rem}
.lead{font-size:1.05rem}.rule{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.8rem;white-space:nowrap}
.note{color:var(--soft);border:1px dashed var(--rule);border-radius:6px;padding:.35rem .7rem;margin-top:.4rem;font-size:.9rem}
.counts{margin-top:.4rem}
figure{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:.75rem 1rem;margin-top:1.25rem}
figcaption{margin-top:.35rem}
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
${BY_STATUS}
@media (min-width:46rem){.claim{grid-template-columns:minmax(0,1fr) 180px}}
@media (max-width:45.99rem){.wide{display:none}.narrow{display:block}figure{padding:.6rem .5rem}h1{font-size:1.35rem}.latest time,.history time,.evidence time{min-width:0;margin-right:.4rem}.latest a{display:block;margin-top:.1rem}.latest li:nth-child(n+4){display:none}.axis-words{display:none}.topics a{padding:.55rem .9rem}}
@media (forced-colors:active){.badge,.claim{border:1px solid CanvasText}.band{forced-color-adjust:none}}
@media print{.topics,.then,.bottom,.skip{display:none}}
`;

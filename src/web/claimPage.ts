/**
 * One claim: its status and why, its timeline, who knew and who only relays, what is not counted, what would change it.
 */
import type { EvidenceView, OriginView, QuoteView, WhyView } from '../core/view.ts';
import { statusWord, chainWords, counted, abridged } from '../core/wording.ts';
import type { Html } from '../picture/markup.ts';
import { html, shown } from '../picture/markup.ts';
import { hostOf, hostTag, outsideLink } from './links.ts';
import { page } from './page.ts';
import { provenance, roomFor, rootsOf } from '../picture/provenance.ts';
import { factsOfWhy, timeline } from '../picture/timeline.ts';
import { badge, day, DECIDED_BY, deadlineDay, STRENGTH_WORDS } from './words.ts';

export interface ClaimInput {
  readonly why: WhyView;
  /** Set when the reader asked for an earlier day: the page says so. */
  readonly asked: boolean;
  readonly demo: boolean;
}

const ROWS_SHOWN = 300;

export function claimPage({ why, asked, demo }: ClaimInput): string {
  const { claim, asOf } = why;
  const statement = shown(claim.statement);
  const note = DECIDED_BY[claim.decidedBy];
  return page({
    title: `${statusWord(claim.status, claim.kind)}: ${statement}`,
    demo,
    refreshSeconds: asked ? null : demo ? 3 : 30,
    main: html`<article class="one">
      <p class="crumbs"><a href="/#topic-${claim.topic}">All claims</a></p>
      ${asked ? html`<p class="asof" role="note">As it was known on <b>${day(asOf - 1, 0)}</b>. <a href="/claims/${claim.id}">Show what is known now</a></p>` : null}
      <header class="s-${claim.status}">
        <p class="state">
          ${badge(claim.status, claim.kind)}${claim.since === null ? null : html` <span class="since">since ${day(claim.since, asOf)}</span>`}
        </p>
        <h1><bdi>${statement}</bdi></h1>
        <p class="lead">${shown(claim.because)} <span class="rule">${claim.rule}</span></p>
        ${note === null ? null : html`<p class="note">${note}</p>`}
        <p class="counts">
          <b>${counted(claim.supporting.length, 'independent origin')}</b> ·
          ${counted(claim.publishers, 'publisher')}${claim.deadline === null ? null : html` · deadline ${deadlineDay(claim.deadline, asOf)}`}
        </p>
      </header>
      ${pictures(why)} ${originSection('Who knew', claim.supporting, 1, false, asOf)}
      ${originSection('Against it', claim.refuting, claim.supporting.length + 1, true, asOf)} ${relayTree(why)}
      ${
        claim.supporting.length + claim.refuting.length === 0
          ? html`<section>
              <h2>Who knew</h2>
              <p>Nobody whose word counts, so far.</p>
            </section>`
          : null
      }
      ${
        claim.wouldChange.length === 0
          ? null
          : html`<section>
              <h2>What would change it</h2>
              <ul>
                ${claim.wouldChange.map((what) => html`<li>${shown(what)}</li>`)}
              </ul>
            </section>`
      }
      <section>
        <h2>What settles it</h2>
        <p><bdi>${shown(why.resolution, 2000)}</bdi></p>
      </section>
      ${history(why)} ${evidenceSection(why)} ${asOfForm(why)}
    </article>`,
  });
}

/** Drawn twice, of which the style sheet shows one: letters of a shrunken picture could not be read on a phone. */
function pictures(why: WhyView): Html | null {
  const facts = factsOfWhy(why);
  // Nothing has happened yet: an empty axis would only take the room.
  if (facts.changes.length + facts.origins.length + facts.articles.length === 0) return null;
  return html`<figure>
    <div class="wide">${timeline(facts, why.asOf, 900)}</div>
    <div class="narrow">${timeline(facts, why.asOf, 340)}</div>
    <figcaption>Numbers: independent origins, as listed below. Thin bars: pages, most of which only repeat.</figcaption>
  </figure>`;
}

/** Who relayed whom; left out where nobody relays anything. */
function relayTree(why: WhyView): Html | null {
  const roots = rootsOf(why);
  if (roots.every((root) => root.relays.length === 0)) return null;
  return html`<figure class="tree">
    ${provenance(roots, why.asOf, roomFor(roots, 340))}
    <figcaption>Who relays whom, by the pages’ own words. Only the numbered ones count.</figcaption>
  </figure>`;
}

function originSection(
  heading: string,
  origins: readonly OriginView[],
  first: number,
  against: boolean,
  now: number,
): Html | null {
  if (origins.length === 0) return null;
  return html`<section${against ? html` class="against"` : null}><h2>${heading}</h2><ol class="origins" start="${first}">${origins.map((origin, index) => originItem(origin, first + index, now))}</ol></section>`;
}

function originItem(origin: OriginView, number: number, now: number): Html {
  const relays = origin.relayedBy.map((name) => shown(name, 80));
  const many = relays.length > 4;
  const relayed = `${abridged(relays, 4)} only ${relays.length === 1 ? 'relays' : 'relay'} it`;
  return html`<li>
    <span class="number" aria-hidden="true"><i>${number}</i></span>
    <p>
      <b><bdi>${shown(origin.name, 80)}</bdi></b> ${day(origin.first, now)}
      <span class="strength">${STRENGTH_WORDS[origin.strength]}</span
      >${origin.url === null ? null : html` ${outsideLink(origin.url, hostOf(origin.url) ?? 'page')}`}
    </p>
    ${origin.chain.length > 1 ? html`<p class="chain"><bdi>${shown(chainWords(origin.chain), 300)}</bdi>: one origin</p>` : null}
    ${quote(origin.quote)}
    ${origin.record === undefined ? null : html`<p class="relays">Track record: ${shown(origin.record)}</p>`}
    ${
      relays.length === 0
        ? null
        : many
          ? html`<details>
              <summary><bdi>${relayed}</bdi></summary>
              <p class="relays"><bdi>${relays.join(' · ')}</bdi></p>
            </details>`
          : html`<p class="relays"><bdi>${relayed}</bdi></p>`
    }
  </li>`;
}

function quote(said: QuoteView | null): Html | null {
  if (said === null) return null;
  const text = shown(said.text);
  // Quotation marks only around words somebody really wrote.
  return said.paraphrase
    ? html`<p class="quote paraphrase">
        <bdi>${text}</bdi>
        <span class="tag">paraphrase, not a quotation</span>
        ${outsideLink(said.url, said.publisher)}${hostTag(said.url)}
      </p>`
    : html`<blockquote class="quote">
        <p><bdi>“${text}”</bdi></p>
        <footer>${outsideLink(said.url, said.publisher)}${hostTag(said.url)}</footer>
      </blockquote>`;
}

function history(why: WhyView): Html | null {
  if (why.transitions.length === 0) return null;
  const { kind } = why.claim;
  const newestFirst = [...why.transitions].sort((a, b) => b.at - a.at);
  return html`<section>
    <h2>How it changed</h2>
    <ol class="history">
      ${newestFirst.map(
        (change) =>
          html`<li>
            ${day(change.at, why.asOf)} ${badge(change.to, kind)}
            <span class="from">was ${statusWord(change.from, kind).toLowerCase()}</span
            ><span class="because">${shown(change.because)}</span>
          </li>`,
      )}
    </ol>
  </section>`;
}

function evidenceSection(why: WhyView): Html | null {
  if (why.evidence.length === 0) return null;
  const counting = why.evidence.filter((item) => item.counted);
  const others = why.evidence.filter((item) => !item.counted);
  return html`<section>
    <h2>Evidence</h2>
    ${counting.length === 0 ? html`<p>None counts yet.</p>` : evidenceList(counting, why.asOf)}
    ${
      others.length === 0
        ? null
        : html`<details id="not-counted">
            <summary>Not counted: ${counted(others.length, 'article')}</summary>
            ${evidenceList(others, why.asOf)}
          </details>`
    }
  </section>`;
}

function evidenceList(items: readonly EvidenceView[], now: number): Html {
  const newestFirst = [...items].sort((a, b) => b.published - a.published);
  const left = newestFirst.length - ROWS_SHOWN;
  return html`<ul class="evidence">
      ${newestFirst.slice(0, ROWS_SHOWN).map(
        (item) =>
          html`<li>
            ${day(item.published, now)}
            <span class="stance st-${item.stance}">${item.stance}</span>
            ${outsideLink(item.url, item.title)}${hostTag(item.url)}
            <span class="by"
              ><bdi>${shown(item.publisher, 80)}</bdi
              >${item.chain.length > 0 ? html` · credits <bdi>${shown(chainWords(item.chain), 200)}</bdi>` : null}</span
            ><span class="because">${shown(item.note)}</span>
          </li>`,
      )}
    </ul>
    ${left > 0 ? html`<p>and ${left} older</p>` : null}`;
}

function asOfForm(why: WhyView): Html {
  const today = new Date(why.asOf - 1).toISOString().slice(0, 10);
  return html`<form class="then" method="get" action="/claims/${why.claim.id}">
    <label>What was known on <input type="date" name="as-of" value="${today}" required /></label> <button>Show</button>
  </form>`;
}

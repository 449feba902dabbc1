/**
 * Said by an absence: "Chinese buyers are empty-handed", "shipped: zero", "the slot went unused".
 *
 * Nothing in these words denies the deed; they show the place where it should be and find it empty. A frame cannot list them, since they
 * name whatever the writer looked at. Where a sentence means every slot of a claim that is a delivery, a sale or a release (`absence` in its
 * frame) and is about what has happened so far (a standing claim) or about a date (a window), they say that it has not.
 */
import type { Claim } from '../core/claim.ts';
import { compilePhrases } from './phrase.ts';

/**
 * Empty hands, racks and ledgers; what stays where it was; what people still wait for. Each row names the thing that is missing:
 * "none of the customers complained" and "not one chip failed" speak of those that are there. {chip} is the frame's slot of that name.
 */
const EMPTY = [
  'empty handed',
  '(market|revenue|revenues|income|sales) of (nil|zero|nothing)',
  '(=zero|=nil|=nought|=naught) (=units|=chips|=cards|=boxes|=deliveries|=shipments|=sales|=revenue|=revenues|=income|delivered|shipped|sold|received|so far|to date|to show)',
  "(not|n't|never) (=one|=any|a single|a) (=cent|=penny|=dollar|=dime|=sou)",
  "(not|n't|never) (=one|=any|a single) (=unit|=chip|=card|=box|of them|) (has|have|had|was|were|) (arrived|come|moved|shipped|left|reached|shown up|turned up|been seen|seen|so far|yet|to date)",
  '(has|have|had|is|are|was|were) (yet|still) to (arrive|come|see|get|receive|reach|ship|deliver|sell|leave|land|turn up|show up|book|buy|take delivery|lay hands|unwrap|unpack|unbox|install|materialise|happen|begin|start)',
  '(has|have|had|is|are|was|were) (still|) (=empty|=bare|=unsold|=stranded)',
  '(has|have|had|is|are|was|were) (still|) waiting (for|on) (=it|=them|=any|=their|the|a|) (first|single|) (=one|=it|=them|chip|card|h200|unit|shipment|delivery|order|parcel|box)',
  '(=still|=only|=merely) (=on paper|=on order|=a promise|=a plan)',
  '=still =waiting',
  '(none|nothing) (so far|yet|thus far|to show|there)',
  '(none|nothing) (has|have|had|was|were) (yet|so far|) (been|) (arrived|come|moved|left|reached|shown up|turned up|seen|sent|unpacked)',
  '(let|lets|took|take|taken|sold|sell|seen|saw|got|received|bought|shipped|delivered|booked) (in|) (none|nothing)',
  '(stay|stays|stayed|remain|remains|kept|keep|keeps|sit|sits|stuck) (at|) home',
  '(only|just|mere|merely) (on|) paper',
  '(=still|=remain|=remains) without ({chip}|=it|=them|=any|=one|=chips|the (chips|cards|hardware)|a (chip|card|unit))',
  '零(出货|交付|营收|订单|收入|销售)',
  '(没|没有|未|未曾|尚未|从未)*(等到|收到|拿到|见到|看到|到货|到手|动静)',
  '(空手|望穿秋水|遥遥无期|不见踪影|颗粒无收)',
];

/** A date that goes by. */
const GONE_BY = [
  '(go|pass|slip|drift|tick|roll) (by|quietly|silently|unused|unmet|uneventfully|empty)',
  '(go|pass|come) (without|with no|and no|and nothing|in silence)',
  'come and (go|gone|went)',
  '(wait|waited|waiting|stayed up|look|looked|looking|did so) * (for (nothing|naught|nought)|in vain)',
  '(bets|bet|wagers|hopes|hope) * (were|was|are|is|went) (lost|dashed|disappointed|unmet|up in smoke)',
  '(lost|lose|loses|losing) (the|their|his|her|my|that) (bet|bets|wager|wagers)',
  '(promise|promises|date|dates|deadline|slot|window|appointment) * (unkept|unfulfilled|unmet|unused|broken|missed|stood up|blown)',
  '(stood|stands|stand) (us|them|everyone|everybody|users|fans|investors|the market) up',
  '(nowhere|no show|missing in action|conspicuous by)',
  '(brought|brings|saw|sees|yielded|delivered|shipped|published) nothing but',
  "(did|does|do|has|have|had|was|were|is|are) (not|n't|never) (come|came|arrive|arrived|appear|appeared|show up|shown up|happen|happened|materialise|materialised|turn up|turned up)",
  '(=is|=was|=runs|=running|=ran|=remains) (still|already|now|) (=late|=overdue)',
  'still (waiting for|no sign|nowhere|absent|missing|not (here|out|there|available|released|launched|public|live)|(in|a|) (preview|beta))',
  '(未兑现|落空|爽约|没来|未见|失约|缺席|白等|空等|跳票)',
];

/** The phrases that say by an absence that this claim is not so; none for claims whose frame does not ask for them. */
export function absencesFor({ kind, frame }: Claim): readonly string[] {
  if (frame.absence !== true) return [];
  if (frame.window !== undefined) return GONE_BY;
  return kind === 'standing' ? EMPTY : [];
}

/** Looks like an empty place and is none: who has yet to allow it, what nobody has settled, what is forecast. */
export const NO_ABSENCE = compilePhrases([
  '(yet|still) to (approve|give|green light|greenlight|sign|say|decide|allow|clear|rule|grant|issue|publish|answer|comment|respond|confirm|result|agree|settle|make|set|announce|permit|determine|finalise|tell|explain|accept|bless)',
  '(nothing|none|no) * (settled|decided|final|certain|agreed|signed|guaranteed|known|confirmed|ruled out)',
  '(expect|expects|expected|carry|carries|assume|assumes|forecast|forecasts|forecasting|see|sees|project|projects|pencil|pencils|guide|guides|outlook|guidance|consensus|estimate|estimates) * (zero|nil|nothing|none)',
  '(nothing|none) (but|else|to do|new|more|unusual|illegal)',
  '(wait|waiting|waits) (for|on) (more|another|further|additional|a second|the next|the rest)',
  '(=late|=overdue) (to|in|for|with|on|january|february|march|april|may|june|july|august|september|october|november|december|this|last|next)',
]);

/** Behind the colon of a tally: "deliveries to date: none". */
export const TALLY = compilePhrases(['(=zero|=nil|=none|=nothing|=nought|=naught|零|无)']);

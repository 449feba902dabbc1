/**
 * Said by an absence: "Chinese buyers are empty-handed", "shipped: zero", "the slot went unused".
 *
 * Nothing in these words denies the deed; they show the place where it should be and find it empty. A frame cannot list them, since they
 * name whatever the writer looked at. Where a sentence means every slot of a claim that is about what has happened so far (a standing
 * claim) or about a date (a window), they say that it has not.
 */
import type { Claim } from '../core/claim.ts';
import { compilePhrases } from './phrase.ts';

/** Empty hands, racks and ledgers; what stays where it was; what people still wait for. */
const EMPTY = [
  'empty handed',
  '(=zero|=nil|=nought|=naught)',
  "(not|n't|never) (a|one|any) (=single|=cent|=penny|=dollar|=dime|=sou|=unit|=chip|=card|=box)",
  '(has|have|had|is|are|was|were) (yet|still) to',
  '(has|have|had|is|are|was|were) (still|) (=waiting|=idle|=empty|=bare|=unsold|=stranded)',
  '(=still|=only|=merely) (=waiting|=on paper|=on order|=a promise|=a plan)',
  '(none|nothing) (has|have|had|was|were|is|are|of|in|from|so far|yet|there|to show)',
  '(let|lets|took|take|taken|sold|sell|seen|saw|got|received|bought|shipped|delivered|booked) (in|) (none|nothing)',
  '(stay|stays|stayed|remain|remains|kept|keep|keeps|sit|sits|stuck) (at|) home',
  '(all|only|just|mere|merely) (on|) paper',
  '(=still|=remain|=remains) without',
  '(挂|为|归|是|仍)零',
  '零(出货|交付|营收|订单|收入|销售)',
  '(没|没有|未|未曾|尚未|从未)*(等到|收到|拿到|见到|看到|到货|到手|动静)',
  '(空手|望穿秋水|遥遥无期|不见踪影|颗粒无收)',
];

/** A date that goes by. */
const GONE_BY = [
  '(go|pass|slip|drift|tick|roll) (by|quietly|silently|unused|unmet|uneventfully|empty)',
  '(go|pass|come) (without|with no|and no|and nothing|in silence)',
  'come and (go|gone|went)',
  '(for|to) (nothing|naught|nought) ',
  'in vain',
  '(bets|bet|wagers|hopes|hope) * (were|was|are|is|went) (lost|dashed|disappointed|unmet|up in smoke)',
  '(lost|lose|loses|losing) (the|their|his|her|my|that) (bet|bets|wager|wagers)',
  '(promise|promises|date|dates|deadline|slot|window|appointment) * (unkept|unfulfilled|unmet|unused|broken|missed|stood up|blown)',
  '(stood|stands|stand) (us|them|everyone|everybody|users|fans|fans|investors|the market) up',
  '(nowhere|no show|missing in action|conspicuous by)',
  'nothing but',
  "(did|does|do|has|have|had|was|were|is|are) (not|n't|never) (come|came|arrive|arrived|appear|appeared|show|shown|happen|happened|materialise|materialised|turn up|turned up)",
  '(=late|=overdue)',
  'still (waiting|no|nothing|not|absent|missing|preview|beta)',
  '(未兑现|落空|爽约|没来|未见|失约|缺席|白等|空等|跳票)',
];

/** The phrases that say by an absence that this claim is not so; none for claims that no absence can refute. */
export function absencesFor(claim: Claim): readonly string[] {
  if (claim.frame.window !== undefined) return GONE_BY;
  return claim.kind === 'standing' ? EMPTY : [];
}

/** Looks like an empty place and is none: who has yet to allow it, what nobody has settled, what is forecast. */
export const NO_ABSENCE = compilePhrases([
  '(yet|still) to (approve|give|green light|greenlight|sign|say|decide|allow|clear|rule|grant|issue|publish|answer|comment|respond|confirm|result|agree|settle|make|set|announce|permit|determine|finalise|tell|explain|accept|bless)',
  '(nothing|none|no) * (settled|decided|final|certain|agreed|signed|guaranteed|known|confirmed|ruled out)',
  '(expect|expects|expected|carry|carries|assume|assumes|forecast|forecasts|forecasting|see|sees|project|projects|pencil|pencils|guide|guides|outlook|guidance|consensus|estimate|estimates) * (zero|nil|nothing|none)',
  '(nothing|none) (but|else|to do|new|more|unusual|illegal)',
]);

/** Behind the colon of a tally: "deliveries to date: none". */
export const TALLY = compilePhrases(['(=zero|=nil|=none|=nothing|=nought|=naught|零|无)']);

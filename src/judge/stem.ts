/**
 * English inflections removed, so that one predicate ("ship") finds ships, shipped, shipping.
 *
 * Light on purpose: it must put forms of one word together and keep different words apart; the result need not be a word.
 * British and American spelling meet here too: optimise and optimize, licence and license.
 */

/** Irregular forms that news uses. Left out: those whose past is another word's present ("found", "saw" are read as themselves). */
const IRREGULAR = new Map<string, string>(
  `ran run;running run;sold sell;built build;wrote write;written write;rewrote rewrite;rewritten rewrite;made make;told tell;said say;gave give;given give;got get;gotten get;held hold;withheld withhold;
began begin;begun begin;brought bring;bought buy;came come;did do;does do;done do;went go;gone go;had have;has have;knew know;known know;left leave;lost lose;met meet;paid pay;rebuilt rebuild;sent send;
showed show;shown show;spoke speak;spoken speak;stood stand;took take;taken take;taught teach;thought think;understood understand;won win;withdrew withdraw;withdrawn withdraw;drew draw;drawn draw;
was be;were be;is be;are be;been be;being be;am be;fell fall;fallen fall;rose rise;risen rise;kept keep;led lead;meant mean;saw see;seen see;sought seek;struck strike;undid undo;forbade forbid;forbidden forbid;
chose choose;chosen choose;hid hide;hidden hide;broke break;broken break;grew grow;grown grow;overrode override;undertook undertake;undertaken undertake;denied deny;denies deny;dying die;tying tie;
weights weight;chips chip;better good;worse bad;licence license;licences license;licenced license;defence defense;programme program;programmes program;bans ban;banned ban;banning ban;
planned plan;planning plan;plans plan;shipped ship;shipping ship;stopped stop;stopping stop;dropped drop;dropping drop;tapped tap;scrapped scrap;scrapping scrap;shelved shelve;put put;cut cut;
froze freeze;frozen freeze;drove drive;driven drive;spun spin;laid lay;slid slide;spent spend;dealt deal;caught catch;swept sweep;shook shake;shaken shake;threw throw;thrown throw;stole steal;stolen steal;shot shoot;stuck stick;fed feed;lent lend;bore bear;borne bear;fought fight;hung hang;felt feel;lay lie;lain lie;became become;woke wake;
processes process;accesses access;focusing focus;focused focus;using use;used use;uses use;axed axe;axing axe;series series;news news;this this;was be;has have;us us;less less;unless unless;cancelled cancel;cancelling cancel;fuelled fuel;signalled signal;labelled label;modelled model;totalled total;across across;always always;various various`
    .split(/[;\n]+/)
    .map((pair) => pair.trim().split(' '))
    .filter((pair): pair is [string, string] => pair.length === 2),
);

const FUNCTION_WORDS = new Set(
  'not no non on in us an as at by if is it or to up we be his her its has was'.split(' '),
);

const cache = new Map<string, string>();
/** Words of one page are few; the cache only saves work within and across neighbours. */
const CACHE_LIMIT = 20_000;

export function stem(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  const root = spell(strip(word));
  // "notes" must not become "not", nor "ones" "on": what is a function word stays only itself.
  const result = root !== word && FUNCTION_WORDS.has(root) && !IRREGULAR.has(word) ? word : root;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(word, result);
  return result;
}

/** One ending for both spellings: optimis(e) and optimiz(e). */
function spell(root: string): string {
  return root.length > 5 && root.endsWith('is') && !root.endsWith('analysis') ? `${root.slice(0, -2)}iz` : root;
}

function strip(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return dropE(irregular);
  if (/[0-9]/.test(word)) return word.length > 3 && /[0-9]s$/.test(word) ? word.slice(0, -1) : word;
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('ied') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('sses') || word.endsWith('ches') || word.endsWith('shes') || word.endsWith('xes'))
    return word.slice(0, -2);
  if (word.endsWith('ing') && word.length > 5 && /[aeiouy]/.test(word.slice(0, -3)))
    return dropE(undouble(word.slice(0, -3)));
  if (word.endsWith('eed')) return word;
  if (word.endsWith('ed') && word.length > 4 && /[aeiouy]/.test(word.slice(0, -2)))
    return dropE(undouble(word.slice(0, -2)));
  if (word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us') && !word.endsWith('is'))
    return dropE(word.slice(0, -1));
  return dropE(word);
}

function undouble(root: string): string {
  return /([bdfgklmnprt])\1$/.test(root) && root.length > 3 && !/(?:ll|ss)$/.test(root) ? root.slice(0, -1) : root;
}

function dropE(root: string): string {
  return root.length > 3 && root.endsWith('e') ? root.slice(0, -1) : root;
}

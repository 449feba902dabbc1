/**
 * Word classes: the many words news has for one deed, so that a frame says `@release * {model}` and finds "uncorks", "lifts the curtain
 * on", "亮相" alike.
 *
 * Base forms; stem.ts finds the inflections. Nouns of the deed stand beside its verbs, because headlines say "V4 launch" for "launched".
 * A class holds what a newsroom would call the same deed, never its neighbours: to announce is in no class of doing.
 */
import type { WordClass } from '../core/claim.ts';
import { WORD_CLASSES } from '../core/claim.ts';

const CLASSES: Readonly<Record<WordClass, string>> = {
  // To put before the public. "announce" is left to frames: an announced date is no release.
  release:
    'launch release unveil debut introduce publish premiere uncork unwrap unleash unbox showcase rollout unveiling premier|roll out|bring out|put out|push out|come out|go live|take the wraps off|lift the (curtain|lid|veil) on|pull the (curtain|covers) (back|off) (on|)|make public|make * public|make available|make (its|a|the|his|her) (public|global|official|long awaited|) (debut|appearance|entrance|bow)|go public with|hit the (market|shelf|shelves|web|street|streets)|see the light of day|in the hands of (developers|users|the public)|into (public|developers|users) hands|open source|open weight|break cover|show * to the (world|public)|let loose|out of the (door|gate)|发布|推出|上线|亮相|登场|问世|面世|开源|发表|公开|揭晓|登陆|到来|来了|面市|端出|带来|上架|现身|露面|放出|祭出|出炉|释出|揭开面纱|正式开放|见面|开放下载|首秀|首发|推送|官宣上线|揭幕',
  // To do the work a model is made for.
  run: 'run work operate execute function perform serve infer inference inferencing deploy deployment host power drive boot sit hum live (=fed|=fueled|=fuelled)|spin up|fire up|stand up|(=underpin|=underpins|=underpinned)|运行|跑|部署|推理|推论|发挥|承载|支撑|驱动|运作|执行|跑通',
  // To make one thing suit another.
  fit: 'adapt adaptation adaption optimise optimisation tune tuning tailor port customise custom fit refit retool rework rewrite rebuild align modify migrate migration validate validation verify certify certification qualify compatible compatibility enable enablement accommodate calibrate co-design codesign recode refactor convert overhaul retrofit marry wed (=made|=built|=designed|=engineered|=ready|=readied|=geared|=primed|=friendly|=native|=conversant)|(design|build|engineer|make|prepare|ready) for|bring up|get * to (work|run|behave|play)|work (well|nicely|smoothly|) with|适配|支持|支援|兼容|优化|调优|移植|迁移|改写|重写|调校|针对|适应|验证|匹配|打通|改造|量身',
  // To work at something together.
  together:
    'codesign codevelop collaborate collaboration cooperate cooperation partnership teamwork jointly joint|co (design|develop|engineer|create)|team up|partner with|work together|work (closely|side by side|hand in hand)|side by side|hand in hand|hand in glove|close (work|ties|contact|coordination)|in concert with|with (the|) help (of|from)|help * (tune|adapt|port|tailor|optimise|rewrite|design|build)|合作|协作|协同|联合|携手|联手|共同|配合|密切|并肩|协力|通力',
  // To buy in advance.
  order:
    'order preorder purchase buy procure book reserve contract|put in for|sign up for|snap up|lock in|lock up|place * order|line up|commit to|commitment for|订购|采购|下单|订单|购买|预订|预购|抢订|大单|下订|买下|包下|锁定|订货|拿下',
  // To hand goods to those who paid.
  deliver:
    'deliver ship sell receive arrive reach land|hand over|take delivery|change hands|go to|in (the|) hands of|in chinese hands|leave (the|) (factory|warehouse|dock|port)|cross the border|make it (to|into)|set foot|出货|交付|发货|交货|供货|出售|售出|卖出|卖到|卖进|卖给|卖往|售予|送达|抵达|收到|拿到|运抵|运往|到货|流入|运到|进货|成交|交到|送到',
  // To put on the market.
  sell: 'sell sale retail available availability buyable purchasable stock shelf shelves|on (general|commercial|open|public|) sale|can (now|already|) be (bought|ordered|purchased)|for sale|on the market|to market|order book|open for (orders|business)|上市|发售|开售|出货|发货|量产|商用|销售|交付|供货|开卖|面市|上架|出厂|有售|在售|热销|开放购买|开放订购',
  // To keep somebody from something they used to get.
  withhold:
    'withhold deny exclude bypass snub sidestep sideline cold-shoulder shun overlook omit spurn rebuff ignore|shut out|lock out|leave out|cut out|cut off|cut * off|freeze out|keep out|skip over|hold back|keep * from|keep * in the dark|left in the dark|in the dark|leave * (waiting|guessing|out)|leave * out in the cold|out in the cold|pass over|pass up|pass by|kept waiting|out of the loop|不让|绕过|绕开|排除|跳过|撇开|冷落|排斥|避开|屏蔽|拒绝|排挤|晾|蒙在鼓里|拒之门外|雪藏|挡在门外',
  // To stop goods or acts by authority.
  ban: 'ban bar block prohibit forbid reject refuse halt stop suspend freeze impound embargo outlaw turn-away outlaw|turn away|turn back|keep out|shut out|hold (up|back)|close the door|slam the door|shut the door|clamp down|crack down|put the brakes on|wave off|send back|no entry|off limits|禁止|禁|封杀|拒绝|阻止|暂停|停止|拦|挡|卡|叫停|冻结|限制|不得|不准|拒收|拦截|查扣|封堵|拒之门外',
  // To teach a model.
  train:
    'train training pretrain pretraining pre-train train|cut its teeth|teach|built (with|on|using)|develop (with|on|using)|(=trained|=training)|训练|预训练|炼成|练成|训成|训练出|炼|练出|培训',
  // To decide in favour in a chamber.
  pass: 'pass passage approve adopt clear back endorse greenlight|vote (for|through|in favour|in favor)|vote * for|sail through|win (approval|passage)|give (its|the) (nod|blessing|approval)|sign off|通过|表决通过|放行|过关|闯关',
  // To call off.
  withdraw:
    'withdraw withdrawal pull scrap cancel shelve drop abandon revoke rescind kill axe delete retract remove ditch nix bin junk jettison bury backtrack repeal|take back|take * off the (table|agenda|docket)|walk back|pull back|pull the plug|call off|back away|back off|back down|no longer (under|listed|on)|disappear from|vanish from|撤回|撤销|取消|搁置|放弃|叫停|作废|收回|中止|喊停|抽回|撤下|撤除|打消|下架|废止|收手',
  // To write a rule before it is law.
  draft:
    'draft propose plan prepare weigh consider mull float circulate ponder craft devise eye seek contemplate (=drawn)|draw up|work on|in the works|起草|草拟|拟定|拟|制定|考虑|计划|研拟|酝酿|研议|拟议|筹划|准备',
};

const isClass = (name: string): name is WordClass => WORD_CLASSES.some((known) => known === name);

/** `@release * {model}` with each class written out as a choice. Throws RangeError on a class nobody defined. */
export function withClasses(pattern: string): string {
  return pattern.replaceAll(/@([a-z]+)/g, (_, name: string) => {
    if (!isClass(name)) throw new RangeError(`no word class @${name} in phrase: ${pattern}`);
    return `(${choices(CLASSES[name])})`;
  });
}

/** Single words stand together before the first bar, separated by blanks; phrases after it, by bars. */
function choices(members: string): string {
  const [words = '', ...phrases] = splitOutside(members);
  return [...words.split(/\s+(?![^(]*\))/).filter(Boolean), ...phrases].join('|');
}

/** Cuts at bars that stand in no bracket. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === '|' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part];
}

/**
 * What Slack refuses in a message, as a table of limits (type comments of @slack/types 3.2.0). emulate takes it all.
 *
 *   refuseBlocks([{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }])
 *     ->  ['/blocks/0/text/text: more than 3000 characters']
 */
type Json = Record<string, unknown>;

const LIMITS = {
  blocks: 50,
  section: [1, 3000],
  header: [1, 150],
  contextElements: 10,
  contextText: [1, 3000],
  actions: 25,
  buttonText: [1, 75],
  actionId: [1, 255],
  buttonUrl: [1, 3000],
  value: [1, 2000],
  alt: [1, 2000],
} as const;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Every reason, as Slack's json-pointer messages; empty when it would be taken. `files`: those that can be shown by now. */
export function refuseBlocks(blocks: unknown, files: ReadonlySet<string> = new Set()): string[] {
  const found: string[] = [];
  const sized = (path: string, value: unknown, [least, most]: readonly [number, number]): void => {
    if (typeof value !== 'string' || value.length < least) found.push(`${path}: missing or too short`);
    else if (value.length > most) found.push(`${path}: more than ${most} characters`);
  };
  const object = (value: unknown): Json => (isJson(value) ? value : {});
  if (list(blocks).length > LIMITS.blocks) found.push(`/blocks: more than ${LIMITS.blocks} items`);
  for (const [at, raw] of list(blocks).entries()) {
    const block = object(raw);
    const path = `/blocks/${at}`;
    if (block['type'] === 'section') sized(`${path}/text/text`, object(block['text'])['text'], LIMITS.section);
    else if (block['type'] === 'header') sized(`${path}/text/text`, object(block['text'])['text'], LIMITS.header);
    else if (block['type'] === 'context') {
      const elements = list(block['elements']);
      if (elements.length === 0 || elements.length > LIMITS.contextElements) found.push(`${path}/elements: count`);
      for (const one of elements) sized(`${path}/elements`, object(one)['text'], LIMITS.contextText);
    } else if (block['type'] === 'actions') {
      const elements = list(block['elements']).map(object);
      if (elements.length === 0 || elements.length > LIMITS.actions) found.push(`${path}/elements: count`);
      const ids = elements.map((one) => one['action_id']);
      if (new Set(ids).size !== ids.length) found.push(`${path}/elements: action_id twice`);
      for (const one of elements) {
        sized(`${path}/elements/text`, object(one['text'])['text'], LIMITS.buttonText);
        sized(`${path}/elements/action_id`, one['action_id'], LIMITS.actionId);
        if (one['url'] !== undefined) sized(`${path}/elements/url`, one['url'], LIMITS.buttonUrl);
        if (one['value'] !== undefined) sized(`${path}/elements/value`, one['value'], LIMITS.value);
      }
    } else if (block['type'] === 'image') {
      sized(`${path}/alt_text`, block['alt_text'], LIMITS.alt);
      const { id, url } = object(block['slack_file']);
      if ((block['slack_file'] === undefined) === (block['image_url'] === undefined)) found.push(`${path}: one source`);
      if (block['slack_file'] !== undefined && (typeof id === 'string') === (typeof url === 'string'))
        found.push(`${path}/slack_file: id or url`);
      if (typeof id === 'string' && !files.has(id)) found.push(`invalid slack file [json-pointer:${path}/slack_file]`);
    } else if (block['type'] !== 'divider') found.push(`${path}: unsupported type`);
  }
  return found;
}

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

/**
 * Every reason, as Slack's json-pointer messages; empty when it would be taken. `files`: those that can be shown by now; `most`:
 * how many blocks there may be.
 */
export function refuseBlocks(
  blocks: unknown,
  files: ReadonlySet<string> = new Set(),
  most: number = LIMITS.blocks,
): string[] {
  const found: string[] = [];
  const sized = (path: string, value: unknown, [least, most]: readonly [number, number]): void => {
    if (typeof value !== 'string' || value.length < least) found.push(`${path}: missing or too short`);
    else if (value.length > most) found.push(`${path}: more than ${most} characters`);
  };
  const object = (value: unknown): Json => (isJson(value) ? value : {});
  if (list(blocks).length > most) found.push(`/blocks: more than ${most} items`);
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

function length(value: unknown): number {
  return typeof value === 'string' ? value.length : 0;
}

const VIEW = { blocks: 100, title: 24, metadata: 3000, callback: 255, label: 2000, option: 75, options: 100 } as const;

/** A modal or Home tab; empty when Slack would show it. */
export function refuseView(view: unknown): string[] {
  const found: string[] = [];
  const body = isJson(view) ? view : {};
  const text = (value: unknown): string => (isJson(value) && typeof value['text'] === 'string' ? value['text'] : '');
  const blocks = list(body['blocks']);
  if (body['type'] !== 'modal' && body['type'] !== 'home') found.push('/view/type: must be modal or home');
  if (blocks.length === 0 || blocks.length > VIEW.blocks) found.push(`/view/blocks: 1 to ${VIEW.blocks} items`);
  const inputs = blocks.filter((block) => isJson(block) && block['type'] === 'input').map((block) => block as Json);
  if (body['type'] === 'modal') {
    for (const part of ['title', 'submit', 'close']) {
      const said = text(body[part]);
      if (said.length > VIEW.title) found.push(`/view/${part}: more than ${VIEW.title} characters`);
      if (part === 'title' && said === '') found.push('/view/title: missing');
    }
    if (inputs.length > 0 && text(body['submit']) === '') found.push('/view/submit: required with inputs');
  } else if (body['title'] !== undefined || body['submit'] !== undefined) found.push('/view: a home has no title');
  if (length(body['private_metadata']) > VIEW.metadata) found.push('/view/private_metadata: too long');
  if (length(body['callback_id']) > VIEW.callback) found.push('/view/callback_id: too long');
  for (const block of inputs) {
    const element = isJson(block['element']) ? block['element'] : {};
    const label = text(block['label']);
    if (label === '' || label.length > VIEW.label) found.push('/view/blocks/label: missing or too long');
    if (text(block['hint']).length > VIEW.label) found.push('/view/blocks/hint: too long');
    if (element['type'] === 'static_select') {
      const options = list(element['options']);
      if (options.length === 0 || options.length > VIEW.options) found.push('/view/blocks/element/options: count');
      for (const option of options) {
        const said = isJson(option) ? text(option['text']) : '';
        if (said === '' || said.length > VIEW.option)
          found.push('/view/blocks/element/options/text: missing or too long');
      }
      const initial = element['initial_option'];
      if (initial !== undefined && !options.some((option) => JSON.stringify(option) === JSON.stringify(initial)))
        found.push('/view/blocks/element/initial_option: not one of the options');
    } else if (!['plain_text_input', 'conversations_select'].includes(String(element['type'])))
      found.push('/view/blocks/element: unsupported type');
    else if (length(element['initial_value']) > Number(element['max_length'] ?? 3000))
      found.push('/view/blocks/element/initial_value: too long');
  }
  const ids = inputs.map((block) => block['block_id']);
  if (new Set(ids).size !== ids.length) found.push('/view/blocks: block_id twice');
  return [
    ...found,
    ...refuseBlocks(
      blocks.filter((block) => !(isJson(block) && block['type'] === 'input')),
      new Set(),
      VIEW.blocks,
    ),
  ];
}

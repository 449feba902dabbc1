/**
 * What Discord refuses, in its own nested error shape (code 50035, 50006), from its documentation of messages, embeds,
 * components and commands. The rules stand here by hand because the generated schema misses some of them: content over
 * 2000, the sum over all embeds, six rows, upper-case command names.
 */

type Errors = Record<string, unknown>;
type Json = Record<string, unknown>;

export interface Refusal {
  readonly status: number;
  readonly body: Json;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function length(value: unknown): number {
  return typeof value === 'string' ? value.length : 0;
}

/** Collects errors by path and makes Discord's nested object of them. */
class Findings {
  readonly found: { readonly path: readonly (string | number)[]; readonly message: string }[] = [];
  max(path: readonly (string | number)[], value: unknown, limit: number): void {
    if (length(value) > limit) this.add(path, `Must be ${limit} or fewer in length.`);
  }
  required(path: readonly (string | number)[], value: unknown): void {
    if (length(value) === 0) this.add(path, 'This field is required');
  }
  add(path: readonly (string | number)[], message: string): void {
    this.found.push({ path, message });
  }
  refusal(): Refusal | null {
    if (this.found.length === 0) return null;
    const errors: Errors = {};
    for (const { path, message } of this.found) {
      let at = errors;
      for (const step of path) at = (at[step] ??= {}) as Errors;
      at['_errors'] = [{ code: 'BASE_TYPE_BAD_LENGTH', message }];
    }
    return { status: 400, body: { code: 50_035, message: 'Invalid Form Body', errors } };
  }
}

/** A message as posted, edited or answered; null when Discord would take it. */
export function refuseMessage(body: unknown, editing = false): Refusal | null {
  const findings = new Findings();
  if (!isJson(body)) return { status: 400, body: { code: 50_109, message: 'The request body contains invalid JSON.' } };
  const embeds = list(body['embeds']);
  const rows = list(body['components']);
  if (!editing && length(body['content']) === 0 && embeds.length === 0 && rows.length === 0) {
    return { status: 400, body: { code: 50_006, message: 'Cannot send an empty message' } };
  }
  findings.max(['content'], body['content'], 2000);
  findings.max(['nonce'], body['nonce'], 25);
  if (embeds.length > 10) findings.add(['embeds'], 'Must be 10 or fewer in length.');
  const names = refuseAttachments(findings, list(body['attachments']));
  let sum = 0;
  for (const [at, embed] of embeds.entries())
    if (isJson(embed)) sum += refuseEmbed(findings, ['embeds', at], embed, names);
  if (sum > 6000) findings.add(['embeds'], 'Embed size exceeds maximum size of 6000');
  if (rows.length > 5) findings.add(['components'], 'Must be 5 or fewer in length.');
  const ids: string[] = [];
  for (const [at, row] of rows.entries()) {
    const buttons = list(isJson(row) ? row['components'] : []);
    if (buttons.length === 0 || buttons.length > 5)
      findings.add(['components', at], 'Must be between 1 and 5 in length.');
    for (const [place, button] of buttons.entries()) {
      if (isJson(button)) refuseButton(findings, ['components', at, 'components', place], button, ids);
    }
  }
  return findings.refusal();
}

/** Names of the files that came along. docs.discord.com, reference: uploading files. */
function refuseAttachments(findings: Findings, attachments: readonly unknown[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [at, attachment] of attachments.entries()) {
    if (!isJson(attachment)) continue;
    const name = attachment['filename'];
    if (typeof name !== 'string') findings.add(['attachments', at, 'id'], 'Unknown attachment');
    else names.add(name);
    findings.max(['attachments', at, 'description'], attachment['description'], 1024);
    if (Number(attachment['size']) > 10 * 1024 * 1024) findings.add(['attachments', at], 'Request entity too large');
  }
  if (attachments.length > 10) findings.add(['attachments'], 'Must be 10 or fewer in length.');
  return names;
}

function refuseEmbed(findings: Findings, path: (string | number)[], embed: Json, files: ReadonlySet<string>): number {
  const shown = isJson(embed['image']) ? embed['image']['url'] : undefined;
  const file = typeof shown === 'string' ? /^attachment:\/\/([\w.-]+)$/u.exec(shown)?.[1] : undefined;
  const seen = typeof shown === 'string' && (shown.startsWith('https://') || (file !== undefined && files.has(file)));
  const kind = file === undefined || /\.(?:png|jpe?g|webp|gif)$/u.test(file);
  if (shown !== undefined && !(seen && kind))
    findings.add([...path, 'image', 'url'], 'Referenced attachment not found');

  const footer = isJson(embed['footer']) ? embed['footer']['text'] : '';
  const author = isJson(embed['author']) ? embed['author']['name'] : '';
  findings.max([...path, 'title'], embed['title'], 256);
  findings.max([...path, 'description'], embed['description'], 4096);
  findings.max([...path, 'footer', 'text'], footer, 2048);
  findings.max([...path, 'author', 'name'], author, 256);
  const url = embed['url'];
  if (typeof url === 'string' && !/^https?:\/\//u.test(url)) findings.add([...path, 'url'], 'Not a well formed URL.');
  const fields = list(embed['fields']);
  if (fields.length > 25) findings.add([...path, 'fields'], 'Must be 25 or fewer in length.');
  let sum = length(embed['title']) + length(embed['description']) + length(footer) + length(author);
  for (const [at, field] of fields.entries()) {
    if (!isJson(field)) continue;
    findings.required([...path, 'fields', at, 'name'], field['name']);
    findings.required([...path, 'fields', at, 'value'], field['value']);
    findings.max([...path, 'fields', at, 'name'], field['name'], 256);
    findings.max([...path, 'fields', at, 'value'], field['value'], 1024);
    sum += length(field['name']) + length(field['value']);
  }
  return sum;
}

function refuseButton(findings: Findings, path: (string | number)[], button: Json, ids: string[]): void {
  findings.required([...path, 'label'], button['label']);
  findings.max([...path, 'label'], button['label'], 80);
  if (button['style'] === 5) {
    findings.required([...path, 'url'], button['url']);
    findings.max([...path, 'url'], button['url'], 512);
    return;
  }
  const id = button['custom_id'];
  findings.required([...path, 'custom_id'], id);
  findings.max([...path, 'custom_id'], id, 100);
  if (typeof id === 'string' && ids.includes(id))
    findings.add([...path, 'custom_id'], 'Component custom id cannot be duplicated');
  if (typeof id === 'string') ids.push(id);
}

/** A form: one to five labels, each with one text field or menu (docs.discord.com, components, label). */
export function refuseModal(body: unknown): Refusal | null {
  const findings = new Findings();
  const modal = isJson(body) ? body : {};
  findings.required(['title'], modal['title']);
  findings.max(['title'], modal['title'], 45);
  findings.required(['custom_id'], modal['custom_id']);
  findings.max(['custom_id'], modal['custom_id'], 100);
  const parts = list(modal['components']);
  if (parts.length === 0 || parts.length > 5) findings.add(['components'], 'Must be between 1 and 5 in length.');
  for (const [at, part] of parts.entries()) {
    const path = ['components', at];
    const label = isJson(part) ? part : {};
    const field = isJson(label['component']) ? label['component'] : {};
    if (label['type'] !== 18) findings.add(path, 'Only labels hold fields');
    findings.required([...path, 'label'], label['label']);
    findings.max([...path, 'label'], label['label'], 45);
    findings.max([...path, 'description'], label['description'], 100);
    findings.required([...path, 'component', 'custom_id'], field['custom_id']);
    if (field['type'] === 4) {
      findings.max([...path, 'component', 'value'], field['value'], Number(field['max_length'] ?? 4000));
      if (field['style'] !== 1 && field['style'] !== 2) findings.add([...path, 'component', 'style'], 'Unknown style');
    } else if (field['type'] === 3) {
      const options = list(field['options']);
      if (options.length === 0 || options.length > 25)
        findings.add([...path, 'component', 'options'], 'Must be between 1 and 25 in length.');
      const values = options.map((option) => (isJson(option) ? option['value'] : null));
      if (new Set(values).size !== values.length)
        findings.add([...path, 'component', 'options'], 'Values must be unique');
      for (const option of options) {
        findings.required([...path, 'component', 'options'], isJson(option) ? option['label'] : '');
        findings.max([...path, 'component', 'options'], isJson(option) ? option['label'] : '', 100);
        findings.max([...path, 'component', 'options'], isJson(option) ? option['value'] : '', 100);
      }
      if (options.filter((option) => isJson(option) && option['default'] === true).length > 1)
        findings.add([...path, 'component', 'options'], 'More defaults than may be chosen');
    } else if (field['type'] === 6) {
      for (const one of list(field['default_values']))
        if (!isJson(one) || one['type'] !== 'role' || !/^\d{5,25}$/u.test(String(one['id'])))
          findings.add([...path, 'component', 'default_values'], 'Not a role');
      if (field['required'] === true && field['min_values'] === 0)
        findings.add([...path, 'component', 'min_values'], 'A required menu needs one value');
    } else findings.add([...path, 'component'], 'Not a field of a form');
  }
  return findings.refusal();
}

/** What completion answers: at most 25 choices of 1 to 100 characters. */
export function refuseChoices(body: unknown): Refusal | null {
  const findings = new Findings();
  const choices = list(isJson(body) ? body['choices'] : null);
  if (choices.length > 25) findings.add(['choices'], 'Must be 25 or fewer in length.');
  for (const [at, choice] of choices.entries()) {
    for (const part of ['name', 'value']) {
      findings.required(['choices', at, part], isJson(choice) ? choice[part] : '');
      findings.max(['choices', at, part], isJson(choice) ? choice[part] : '', 100);
    }
  }
  return findings.refusal();
}

/** A whole command set; null when Discord would take it. */
export function refuseCommands(body: unknown): Refusal | null {
  const findings = new Findings();
  const commands = list(body);
  if (!Array.isArray(body) || commands.length > 100) findings.add([], 'Must be 100 or fewer in length.');
  const walk = (path: (string | number)[], item: unknown, depth: number): number => {
    if (!isJson(item)) return 0;
    const name = item['name'];
    // A message's menu has a plain name and no description.
    if (depth === 1 && item['type'] === 3) {
      findings.required([...path, 'name'], name);
      findings.max([...path, 'name'], name, 32);
      if (length(item['description']) > 0) findings.add([...path, 'description'], 'Context menu commands have none');
      return length(name);
    }
    if (typeof name !== 'string' || !/^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u.test(name))
      findings.add([...path, 'name'], 'Invalid name');
    const needed = item['default_member_permissions'];
    if (needed !== undefined && needed !== null && (typeof needed !== 'string' || !/^\d{1,20}$/u.test(needed)))
      findings.add([...path, 'default_member_permissions'], 'Must be a decimal string');
    findings.required([...path, 'description'], item['description']);
    findings.max([...path, 'description'], item['description'], 100);
    const choices = list(item['choices']);
    const options = list(item['options']);
    if (choices.length > 0 && item['autocomplete'] === true)
      findings.add(path, 'Choices and autocomplete exclude each other');
    if (choices.length > 25 || options.length > 25) findings.add(path, 'Must be 25 or fewer in length.');
    // Command, group, subcommand, option.
    if (depth > 4) findings.add(path, 'Too deep');
    let seenOptional = false;
    let sum = length(name) + length(item['description']);
    for (const choice of choices) if (isJson(choice)) sum += length(choice['name']) + length(choice['value']);
    for (const [at, option] of options.entries()) {
      const required = isJson(option) && option['required'] === true;
      if (required && seenOptional)
        findings.add([...path, 'options', at], 'Required options must be placed before non-required options');
      if (!required) seenOptional = true;
      sum += walk([...path, 'options', at], option, depth + 1);
    }
    return sum;
  };
  for (const [at, command] of commands.entries()) {
    if (walk([at], command, 1) > 8000) findings.add([at], 'Command exceeds maximum size (8000)');
  }
  return findings.refusal();
}

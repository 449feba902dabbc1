/**
 * Form -> Slack modal, pure, and back. Where it was opened travels in private_metadata and is checked again when it returns.
 *
 * Limits (@slack/types 3.2.0): title and buttons 24, label 2000, option text 75, private_metadata 3000, callback_id 255.
 */
import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { formId } from '../forms.ts';
import type { Filled, Form, FormField } from '../forms.ts';
import { OPTION_NAMES } from '../options.ts';
import type { OptionName } from '../options.ts';
import { cutUnits, safeText } from '../text.ts';
import { slackText } from './escape.ts';

function plain(text: string, most: number): { type: 'plain_text'; text: string; emoji: false } {
  return { type: 'plain_text', text: cutUnits(safeText(text), most), emoji: false };
}

/** `channel`: where it was opened; '' from the Home tab, where the form asks for it. */
export function modalOf(form: Form, channel: string): ModalView {
  const where: KnownBlock[] = channel === '' && form.kind === 'subscribe' ? [channelField()] : [];
  return {
    type: 'modal',
    callback_id: formId(form),
    private_metadata: JSON.stringify({ channel }),
    title: plain(form.title, 24),
    submit: plain(form.submit, 24),
    close: plain('Cancel', 24),
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: slackText(safeText(form.about)), verbatim: true } },
      ...where,
      ...form.fields.map(input),
    ],
  };
}

function channelField(): InputBlock {
  return {
    type: 'input',
    block_id: 'channel',
    label: plain('Channel', 100),
    element: {
      type: 'conversations_select',
      action_id: 'channel',
      default_to_current_conversation: true,
      filter: { include: ['public', 'private'], exclude_bot_users: true },
    },
  };
}

const MENTION_BY_ID = 'The id of a user group, like S0123ABCD';

function input(field: FormField): InputBlock {
  const choices = (field.choices ?? []).map((choice): PlainTextOption => ({
    text: plain(choice.label, 75),
    value: choice.value,
  }));
  const chosen = choices.find((choice) => choice.value === field.value);
  // Without the scope to list user groups there is nothing to choose from, and an id is asked for.
  const chooses = field.kind === 'choice' || field.kind === 'channel' || choices.length > 0;
  const hint = field.kind === 'mention' && !chooses ? `${MENTION_BY_ID}. ${field.hint ?? ''}` : field.hint;
  return {
    type: 'input',
    block_id: field.name,
    label: plain(field.label, 2000),
    optional: field.optional === true,
    ...(hint === undefined ? {} : { hint: plain(hint, 2000) }),
    element: chooses
      ? {
          type: 'static_select',
          action_id: field.name,
          options: choices,
          ...(chosen === undefined ? {} : { initial_option: chosen }),
        }
      : {
          type: 'plain_text_input',
          action_id: field.name,
          multiline: field.kind === 'text',
          ...(field.max === undefined ? {} : { max_length: field.max }),
          ...(field.value === undefined || field.value === '' ? {} : { initial_value: field.value }),
        },
  };
}

const Where = z.object({ channel: z.string() });
const Value = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_conversation: z.string().nullish(),
});

/** What was filled in, by option name, and where; a view that cannot be read has nothing in it. */
export function filledIn(view: {
  readonly private_metadata: string;
  readonly state: { readonly values: Record<string, Record<string, unknown>> };
}): { readonly channel: string; readonly values: Filled } {
  const values: Partial<Record<OptionName, string>> = {};
  for (const name of OPTION_NAMES) {
    const read = Value.safeParse(view.state.values[name]?.[name]);
    if (!read.success) continue;
    const value = read.data.value ?? read.data.selected_option?.value ?? read.data.selected_conversation ?? '';
    if (value !== '') values[name] = value;
  }
  const { channel: chosen = '', ...rest } = values;
  return { channel: opened(view.private_metadata) || chosen, values: rest };
}

function opened(metadata: string): string {
  try {
    return Where.parse(JSON.parse(metadata)).channel;
  } catch {
    return '';
  }
}

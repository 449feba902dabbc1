/**
 * Form -> Discord modal, pure, and back. A modal holds at most five parts, so a form's first five fields are shown.
 *
 * Limits (docs.discord.com, components): title 45, label 45, its description 100, text value 4000, 25 options of 100.
 */
import { ComponentType, SelectMenuDefaultValueType, TextInputStyle } from 'discord.js';
import type { APILabelComponent, APIModalInteractionResponseCallbackData, ModalSubmitInteraction } from 'discord.js';
import { formId } from '../forms.ts';
import type { Form, FormField } from '../forms.ts';
import { OPTION_NAMES } from '../options.ts';
import type { OptionName } from '../options.ts';
import { cutUnits, safeText } from '../text.ts';

const MOST_FIELDS = 5;

export function modalOf(form: Form): APIModalInteractionResponseCallbackData {
  return {
    custom_id: formId(form),
    title: cutUnits(safeText(form.title), 45),
    components: form.fields.slice(0, MOST_FIELDS).map((field, at) => label(field, at === 0 ? form.about : '')),
  };
}

function label(field: FormField, about: string): APILabelComponent {
  const hint = [about, field.hint ?? ''].filter((part) => part !== '').join(' · ');
  return {
    type: ComponentType.Label,
    label: cutUnits(field.label, 45),
    ...(hint === '' ? {} : { description: cutUnits(safeText(hint), 100) }),
    component: componentOf(field),
  };
}

function componentOf(field: FormField): APILabelComponent['component'] {
  const required = field.optional !== true;
  switch (field.kind) {
    case 'mention':
      return {
        type: ComponentType.RoleSelect,
        custom_id: field.name,
        required,
        min_values: required ? 1 : 0,
        ...(field.value === undefined
          ? {}
          : { default_values: [{ id: field.value, type: SelectMenuDefaultValueType.Role }] }),
      };
    case 'choice':
    case 'channel':
      return {
        type: ComponentType.StringSelect,
        custom_id: field.name,
        required,
        options: (field.choices ?? []).map((choice) => ({
          label: cutUnits(safeText(choice.label), 100),
          value: choice.value,
          default: choice.value === field.value,
        })),
      };
    case 'line':
    case 'text':
      return {
        type: ComponentType.TextInput,
        custom_id: field.name,
        style: field.kind === 'text' ? TextInputStyle.Paragraph : TextInputStyle.Short,
        required,
        ...(field.max === undefined ? {} : { max_length: field.max }),
        ...(field.value === undefined || field.value === '' ? {} : { value: field.value.slice(0, 4000) }),
      };
  }
}

/** What was filled in, by option name; fields that we do not know are left out. */
export function filledIn(interaction: ModalSubmitInteraction): Partial<Record<OptionName, string>> {
  const filled: Partial<Record<OptionName, string>> = {};
  for (const [id, field] of interaction.fields.fields) {
    const name = OPTION_NAMES.find((one) => one === id);
    if (name === undefined) continue;
    const value = 'value' in field ? field.value : 'values' in field ? (field.values[0] ?? '') : '';
    if (typeof value === 'string' && value !== '') filled[name] = value;
  }
  return filled;
}

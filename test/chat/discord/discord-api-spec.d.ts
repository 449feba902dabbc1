/** The package ships its zod schemas without types; these are the two that the tests ask. */
declare module 'discord-api-spec/zod' {
  import type { z } from 'zod';
  export const MessageCreateRequestSchema: z.ZodType;
  export const ModalInteractionCallbackRequestDataSchema: z.ZodType;
  export const ApplicationCommandCreateRequestSchema: z.ZodType;
}

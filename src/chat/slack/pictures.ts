/**
 * A picture after an answer's words: uploaded to Slack for nobody in particular, then shown by an image block in a message
 * as visible as the answer was. Needs the scope files:write; without it, or when Slack refuses, the words stand alone.
 *
 * Slack takes a file in before it can be shown: until then it answers "invalid slack file" and is asked again.
 * (docs.slack.dev, files.getUploadURLExternal and the slack_file object.)
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { CardPicture } from '../platform.ts';
import { errorCode, networkCode } from './outcome.ts';
import type { RenderedCard } from './render.ts';

/** Block Kit: text for those who do not see an image. */
const ALT_LONGEST = 2000;
/** Between the tries to show a file. A response_url is good for five messages, and the words took one to four. */
const WAITS_MS: readonly number[] = [0, 700, 2500];

const Uploaded = z.object({
  files: z.array(z.object({ files: z.array(z.object({ id: z.string().min(1) })) })),
});

export interface SlackPictures {
  /** `tell` posts a message and says whether Slack took it. `left`: how many more messages it may try. Never rejects. */
  show(picture: CardPicture, tell: (page: RenderedCard) => Promise<boolean>, left: number): Promise<void>;
}

export function slackPictures(
  client: webApi.WebClient,
  log: (level: 'warn', message: string, fault?: unknown) => void,
  waitsMs = WAITS_MS,
): SlackPictures {
  let allowed = true;

  async function uploaded(picture: CardPicture): Promise<string | null> {
    const said = Uploaded.parse(
      await client.filesUploadV2({
        file: Buffer.from(picture.png),
        filename: picture.name,
        title: picture.name,
        alt_text: picture.alt.slice(0, 1000),
      }),
    );
    return said.files[0]?.files[0]?.id ?? null;
  }

  return {
    show: async (picture, tell, left) => {
      if (!allowed) return;
      try {
        const id = await uploaded(picture);
        if (id === null) return;
        for (const wait of waitsMs.slice(0, Math.max(left, 0))) {
          await sleep(wait);
          if (await tell(imageMessage(id, picture.alt))) return;
        }
        log('warn', 'Slack did not show a picture that it had taken');
      } catch (error) {
        if (errorCode(error) === 'missing_scope') {
          allowed = false;
          log('warn', 'Slack shows no pictures: add the scope files:write and install the app again');
          return;
        }
        log('warn', `a picture did not reach Slack: ${networkCode(error)}`);
      }
    },
  };
}

function imageMessage(id: string, alt: string): RenderedCard {
  const text = alt.slice(0, ALT_LONGEST);
  return { text, blocks: [{ type: 'image', slack_file: { id }, alt_text: text }] };
}

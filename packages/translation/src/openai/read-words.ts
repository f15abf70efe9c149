import type { JsonObject, JsonValue } from '@bursar/core'
import { asObject, asObjects, asText } from '../json-fields.js'

/** What a message says, or a piece of one. Missing words are empty. */
export interface Words {
  readonly text: string
  /** What the model thought, where the service tells it. */
  readonly reasoning: string
  /** Why the model does not answer, in its own words. */
  readonly refusal: string
}

/**
 * Reads what a message of a completion says, wherever the service writes it: beside the content, as services have two names for
 * it, or among the parts of the content.
 */
export function readWords(message: JsonObject): Words {
  const { content, images, audio, reasoning_details: details } = message
  const parts = asObjects(content)
  const said = typeof content === 'string' ? content : parts.map(textIn).join('')
  const shown = [...parts, ...asObjects(images)].flatMap(imageIn)
  return {
    text: [said || asText(asObject(audio).transcript), ...shown].filter((each) => each !== '').join('\n\n'),
    reasoning:
      asText(message.reasoning_content) ||
      asText(message.reasoning) ||
      [...asObjects(details), ...parts.filter(isThought)].map(thoughtIn).join(''),
    refusal: asText(message.refusal) || parts.map(({ refusal }) => asText(refusal)).join('')
  }
}

function isThought({ type }: JsonObject): boolean {
  return type === 'thinking' || type === 'reasoning'
}

function thoughtIn({ thinking, text, summary }: JsonObject): string {
  return asText(thinking) || asText(text) || asText(summary)
}

function textIn(part: JsonObject): string {
  return isThought(part) ? '' : asText(part.text)
}

/** A text has no other place for an image than its address. */
function imageIn({ image_url: image }: JsonObject): readonly string[] {
  const url = addressOf(image)
  if (url === '') return []
  return [url.startsWith('data:') ? '[An image, for whose bytes there is no place here]' : `![image](${url})`]
}

function addressOf(image: JsonValue | undefined): string {
  return asText(image) || asText(asObject(image).url)
}

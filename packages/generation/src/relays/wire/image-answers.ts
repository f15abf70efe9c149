import type { JsonObject } from '@bursar/core'
import * as z from 'zod/mini'
import { object, objects } from '../../shared/wire/tolerant-schemas.js'
import type { ImageSource } from '../model-family.js'

const MAX_IMAGES = 100
const MAX_PARTS = 1000

/** Text that is there, at any length: inline images are long. */
const anyText = z.catch(z.optional(z.string()), undefined)

/** What OpenAI's images endpoint answers. */
const imagesSchema = object({ data: objects({ url: anyText, b64_json: anyText }, MAX_IMAGES) })

/** Reads `{ data: [{ url } | { b64_json }] }`. */
export function readImagesData(answer: JsonObject, mimeType = 'image/png'): readonly ImageSource[] {
  return imagesSchema.parse(answer).data.flatMap(({ url, b64_json: inline }) => {
    if (url) return [{ url }]
    if (inline === undefined || !isBase64(inline)) return []
    return [{ url: `data:${mimeType};base64,${inline}`, mimeType }]
  })
}

/** Chats whose content is text. */
const textChatSchema = object({
  choices: objects({ message: object({ content: anyText }) }, MAX_IMAGES)
})

/** Reads `![image](URL)` in the text of a chat (OpenClaw 23). */
export function readMarkdownImages(answer: JsonObject): readonly ImageSource[] {
  return textChatSchema
    .parse(answer)
    .choices.flatMap(({ message }) => [...(message.content ?? '').matchAll(/!\[[^\]]*\]\((\S+?)\)/g)])
    .flatMap(([, url]) => (url ? [{ url }] : []))
}

/** Chats whose content is a list of parts. */
const partsChatSchema = object({
  choices: objects({ message: object({ content: objects({ image: anyText }, MAX_PARTS) }) }, MAX_IMAGES)
})

/** Reads `{ image }` among the parts of a chat's content (OpenClaw 24). */
export function readPartImages(answer: JsonObject): readonly ImageSource[] {
  return partsChatSchema
    .parse(answer)
    .choices.flatMap(({ message }) => message.content)
    .flatMap(({ image }) => (image ? [{ url: image }] : []))
}

function isBase64(text: string): boolean {
  return text !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
}

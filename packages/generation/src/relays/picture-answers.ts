import type { JsonObject } from '@bursar/core'
import { objectAt, objectsAt } from '../shared/service/fields.js'
import type { PictureSource } from './service.js'

const MAX_PICTURES = 100
const MAX_PARTS = 1000

/** `{ data: [{ url } | { b64_json }] }`, as OpenAI's images endpoint answers. */
export function dataPictures(answer: JsonObject, mimeType = 'image/png'): readonly PictureSource[] {
  return objectsAt(answer, 'data', MAX_PICTURES).flatMap(({ url, b64_json: inline }) => {
    if (typeof url === 'string' && url !== '') return [{ url }]
    if (typeof inline !== 'string' || !isBase64(inline)) return []
    return [{ url: `data:${mimeType};base64,${inline}`, mimeType }]
  })
}

/** `![image](URL)` in the text of a chat (OpenClaw 23). */
export function markdownPictures(answer: JsonObject): readonly PictureSource[] {
  return messagesOf(answer).flatMap(({ content }) =>
    typeof content === 'string'
      ? [...content.matchAll(/!\[[^\]]*\]\((\S+?)\)/g)].flatMap(([, url]) => (url ? [{ url }] : []))
      : []
  )
}

/** `{ image }` among the parts of a chat's content (OpenClaw 24). */
export function partPictures(answer: JsonObject): readonly PictureSource[] {
  return messagesOf(answer)
    .flatMap((message) => objectsAt(message, 'content', MAX_PARTS))
    .flatMap(({ image }) => (typeof image === 'string' && image !== '' ? [{ url: image }] : []))
}

function messagesOf(answer: JsonObject): readonly JsonObject[] {
  return objectsAt(answer, 'choices', MAX_PICTURES).map((choice) => objectAt(choice, 'message'))
}

function isBase64(text: string): boolean {
  return text !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
}

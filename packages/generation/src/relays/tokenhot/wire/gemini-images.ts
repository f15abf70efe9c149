import type { JsonObject } from '@bursar/core'
import * as z from 'zod/mini'
import { object, objects, text } from '../../../shared/wire/tolerant-schemas.js'
import type { ImageSource } from '../../model-family.js'

const MAX_PARTS = 1000

/** Text at any length: inline images are long. */
const anyText = z.catch(z.optional(z.string()), undefined)

const part = {
  text: anyText,
  inlineData: object({ data: anyText, mimeType: text(80) })
}

/** What Gemini's `generateContent` answers. */
const geminiSchema = object({
  candidates: objects({ content: object({ parts: objects(part, MAX_PARTS) }) }, MAX_PARTS)
})

/** Reads images that come as `inlineData`, or as a URL in the text. */
export function readGeminiImages(answer: JsonObject): readonly ImageSource[] {
  return geminiSchema
    .parse(answer)
    .candidates.flatMap(({ content }) => content.parts)
    .flatMap(({ inlineData, text: written = '' }): ImageSource[] => {
      const { data, mimeType = 'image/png' } = inlineData
      if (data !== undefined) return [{ url: `data:${mimeType};base64,${data}`, mimeType }]
      const [url] = /https?:\/\/[^\s)"']+/.exec(written) ?? []
      return url === undefined ? [] : [{ url }]
    })
}

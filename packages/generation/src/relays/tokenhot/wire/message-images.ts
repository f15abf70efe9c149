import { isJsonObject, type JsonObject } from '@bursar/core'
import type * as z from 'zod/mini'
import { object, objects, text, url } from '../../../shared/wire/tolerant-schemas.js'
import type { ImageSource } from '../../model-family.js'
import { readImagesData } from '../../wire/image-answers.js'

const MAX_PARTS = 1000

const part = { type: text(40), text: url, image: url }

/** `output[].content[]`: a part of type image holds its URL in `text` (Tokenhot 47). */
const listSchema = object({ output: objects({ content: objects(part, MAX_PARTS) }, MAX_PARTS) })

/** `output.choices[].message.content[].image`, as Qwen's may come. */
const choicesSchema = object({
  output: object({
    choices: objects({ message: object({ content: objects(part, MAX_PARTS) }) }, MAX_PARTS)
  })
})

/** Several answers, one for each event of a stream (Tokenhot 50). */
const eventsSchema = object({ events: objects({}, MAX_PARTS) })

/** Reads the images of Wan and Qwen: in `output`, whole or event by event, or else as OpenAI's. */
export function readMessageImages(answer: JsonObject): readonly ImageSource[] {
  const { events } = eventsSchema.parse(answer)
  const answers = events.length === 0 ? [answer] : events.filter(isJsonObject)
  const urls = new Set(answers.flatMap(urlsIn))
  if (urls.size > 0) return [...urls].map((each) => ({ url: each }))
  return answers.flatMap((each) => readImagesData(each))
}

function urlsIn(answer: JsonObject): string[] {
  const listed = listSchema.parse(answer).output.flatMap(({ content }) => content)
  const chosen = choicesSchema.parse(answer).output.choices.flatMap(({ message }) => message.content)
  const isImage = ({ type }: z.output<typeof listSchema>['output'][number]['content'][number]): boolean =>
    type === 'image' || type === undefined
  return [
    ...listed.filter(isImage).flatMap((each) => each.text ?? []),
    ...chosen.flatMap(({ image }) => image ?? [])
  ]
}

import type * as z from 'zod/mini'
import { flag, number, object, objects, text, texts } from '../../shared/wire/tolerant-schemas.js'

const MAX_ITEMS = 1000

/** What prices are read from in the body of `POST /v1/generation-requests`. */
export const generationRequestSchema = object({
  requests: objects(
    {
      type: text(40),
      model: text(80),
      duration_seconds: number,
      is_fast: flag,
      fast_mode: flag,
      is_uhd: flag,
      uhd_mode: flag,
      video_image_data: object({ audio_input_urls: texts(100) })
    },
    MAX_ITEMS
  )
})

/** An item of a generation request. */
export type RequestedItem = z.output<typeof generationRequestSchema>['requests'][number]

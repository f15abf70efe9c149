import type * as z from 'zod/mini'
import { defined } from '../../shared/wire/defined.js'
import { number, object, text, texts } from '../../shared/wire/tolerant-schemas.js'
import type { InputType, TextModel } from '../catalogue/model.js'
import { credits } from './credits-fields.js'
import { detailFields, readDetails } from './model-details.js'

const MAX_WORDS = 100

/** The fields of a text model. */
export const textModelFields = {
  ...detailFields,
  release_date: text(40),
  display_name: text(80),
  publisher: text(80),
  context_length: number,
  max_output_tokens: number,
  input_types: texts(MAX_WORDS),
  privacy: text(40)
}

/** Credits for a million tokens. */
export const textPricesSchema = object({
  input: credits,
  output: credits,
  cacheRead: credits,
  cacheWrite: credits
})

type TextEntry = z.output<z.ZodMiniObject<typeof textModelFields>> & {
  readonly name: string
  readonly prices: z.output<typeof textPricesSchema>
}

/** Reads a text model. @param known its entry in the snapshot. */
export function readTextModel(entry: TextEntry, known: Partial<TextModel>): TextModel {
  const { name, privacy } = entry
  return {
    type: 'text',
    name,
    displayName: entry.display_name ?? known.displayName ?? name,
    publisher: entry.publisher ?? known.publisher ?? '',
    contextTokens: entry.context_length ?? known.contextTokens ?? 0,
    reads: entry.input_types?.filter(isInputType) ?? known.reads ?? ['text'],
    isPrivate: privacy === undefined ? name.endsWith('-private') : privacy === 'E2EE Private',
    ...readDetails(entry, known),
    ...defined({
      releasedOn: entry.release_date ?? known.releasedOn,
      maxOutputTokens: entry.max_output_tokens ?? known.maxOutputTokens,
      costsTenths: readPrices(entry.prices) ?? known.costsTenths,
      dearerAboveTokens: known.dearerAboveTokens
    })
  }
}

function readPrices(prices: TextEntry['prices']): TextModel['costsTenths'] {
  const { input, output, cacheRead, cacheWrite } = prices
  if (input === undefined || output === undefined) return undefined
  return { input, output, ...defined({ cacheRead, cacheWrite }) }
}

function isInputType(word: string): word is InputType {
  return word === 'text' || word === 'image' || word === 'file' || word === 'audio' || word === 'video'
}

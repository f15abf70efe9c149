import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  embed,
  generateImage,
  generateObject,
  generateText,
  jsonSchema,
  type LanguageModel,
  stepCountIs,
  streamText,
  tool
} from 'ai'
import type { SdkPlace } from '../sdk-clients.js'
import {
  ASK,
  collect,
  degrees,
  EDIT_MODEL,
  IMAGE_MODEL,
  kindOf,
  PICTURE,
  refusal,
  SAY,
  type SuiteClient,
  weather,
  weatherIn
} from './suite-case.js'

const maxOutputTokens = 256

function textCases(modelOf: (place: SdkPlace) => LanguageModel): SuiteClient['cases'] {
  return {
    chat: async (place) => (await generateText({ model: modelOf(place), prompt: SAY, maxOutputTokens })).text,
    stream: (place) =>
      collect(streamText({ model: modelOf(place), prompt: SAY, maxOutputTokens }).textStream),
    async tools(place) {
      const { description, parameters } = weather
      const inputSchema = jsonSchema<{ readonly city: string }>(parameters)
      const execute = ({ city }: { readonly city: string }) => weatherIn(city)
      const tools = { weather: tool({ description, inputSchema, execute }) }
      const asked = { model: modelOf(place), prompt: ASK, maxOutputTokens, tools }
      return (await generateText({ ...asked, stopWhen: stepCountIs(3) })).text
    },
    async object(place) {
      const asked = { model: modelOf(place), prompt: ASK, maxOutputTokens }
      return (await generateObject({ ...asked, schema: jsonSchema(degrees) })).object
    }
  }
}

const openaiOf = ({ url, apiKey, fetch }: SdkPlace) => createOpenAI({ baseURL: `${url}/v1`, apiKey, fetch })

const pictures: SuiteClient['cases'] = {
  async image(place) {
    const { image } = await generateImage({ model: openaiOf(place).image(IMAGE_MODEL), prompt: 'A mug' })
    return kindOf(image.uint8Array)
  },
  async edit(place) {
    const prompt = { text: 'A red mug', images: [PICTURE] }
    const { image } = await generateImage({ model: openaiOf(place).image(EDIT_MODEL), prompt })
    return kindOf(image.uint8Array)
  },
  embedding: (place) => refusal(embed({ model: openaiOf(place).embedding('embed'), value: 'words' }))
}

const compatible = ({ url, apiKey, fetch, model }: SdkPlace) =>
  createOpenAICompatible({ name: 'shop', baseURL: `${url}/v1`, apiKey, fetch })(model)

/** The AI SDK with each of its providers. */
export const aiClients: readonly SuiteClient[] = [
  {
    name: 'the AI SDK, Responses',
    api: 'openai',
    cases: { ...textCases((place) => openaiOf(place)(place.model)), ...pictures }
  },
  {
    name: 'the AI SDK, chat',
    api: 'openai',
    cases: textCases((place) => openaiOf(place).chat(place.model))
  },
  { name: 'the AI SDK, compatible', api: 'openai', cases: textCases(compatible) },
  {
    name: 'the AI SDK, Messages',
    api: 'messages',
    cases: textCases(({ url, apiKey, fetch, model }) =>
      createAnthropic({ baseURL: `${url}/v1`, apiKey, fetch })(model)
    )
  }
]

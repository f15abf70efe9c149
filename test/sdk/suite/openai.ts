import OpenAI, { toFile } from 'openai'
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

const clientOf = ({ url, apiKey, fetch }: SdkPlace) => new OpenAI({ baseURL: `${url}/v1`, apiKey, fetch })
const user = (content: string) => [{ role: 'user' as const, content }]
const MAX_TOKENS = 256

const pictures: SuiteClient['cases'] = {
  async image(place) {
    const images = { model: IMAGE_MODEL, prompt: 'A mug', response_format: 'b64_json' } as const
    const { data } = await clientOf(place).images.generate(images)
    return kindOf(Buffer.from(data?.[0]?.b64_json ?? '', 'base64'))
  },
  async edit(place) {
    const image = await toFile(PICTURE, 'picture.png', { type: 'image/png' })
    const edit = { model: EDIT_MODEL, prompt: 'A red mug', image, response_format: 'b64_json' } as const
    const { data } = await clientOf(place).images.edit(edit)
    return kindOf(Buffer.from(data?.[0]?.b64_json ?? '', 'base64'))
  },
  embedding: (place) => refusal(clientOf(place).embeddings.create({ model: 'embed', input: 'words' }))
}

/** Chat completions, and pictures. */
export const openaiChat: SuiteClient = {
  name: "OpenAI's SDK, chat",
  api: 'openai',
  cases: {
    ...pictures,
    async chat(place) {
      const request = { model: place.model, messages: user(SAY), max_tokens: MAX_TOKENS }
      return (await clientOf(place).chat.completions.create(request)).choices[0]?.message.content
    },
    async stream(place) {
      const request = {
        model: place.model,
        messages: user(SAY),
        max_tokens: MAX_TOKENS,
        stream: true
      } as const
      const chunks = await clientOf(place).chat.completions.create(request)
      return collect(textsOf(chunks))
    },
    async tools(place) {
      const run = ({ city }: { readonly city: string }) => weatherIn(city)
      const tool = { type: 'function' as const, function: { ...weather, parse: JSON.parse, function: run } }
      const request = { model: place.model, messages: user(ASK), max_tokens: MAX_TOKENS, tools: [tool] }
      return clientOf(place).chat.completions.runTools(request).finalContent()
    },
    async object({ model, ...place }) {
      const format = {
        type: 'json_schema',
        json_schema: { name: 'degrees', strict: true, schema: degrees }
      } as const
      const request = { model, messages: user(ASK), max_tokens: MAX_TOKENS, response_format: format }
      const { choices } = await clientOf({ model, ...place }).chat.completions.parse(request)
      return JSON.parse(choices[0]?.message.content ?? '')
    }
  }
}

async function* textsOf(chunks: AsyncIterable<OpenAI.ChatCompletionChunk>): AsyncIterable<string> {
  for await (const { choices } of chunks) yield choices[0]?.delta.content ?? ''
}

/** Responses. */
export const openaiResponses: SuiteClient = {
  name: "OpenAI's SDK, Responses",
  api: 'openai',
  cases: {
    async chat(place) {
      const request = { model: place.model, input: SAY, max_output_tokens: MAX_TOKENS }
      return (await clientOf(place).responses.create(request)).output_text
    },
    async stream(place) {
      const request = { model: place.model, input: SAY, max_output_tokens: MAX_TOKENS }
      const stream = clientOf(place).responses.stream(request)
      return collect(deltasOf(stream))
    },
    async tools(place) {
      const tools = [{ type: 'function' as const, strict: true, ...weather }]
      const request = { model: place.model, max_output_tokens: MAX_TOKENS, tools, store: false }
      const first = await clientOf(place).responses.create({ ...request, input: ASK })
      const calls = first.output.flatMap((item) => (item.type === 'function_call' ? [item] : []))
      const results = calls.map(({ call_id, arguments: args }) => ({
        type: 'function_call_output' as const,
        call_id,
        output: weatherIn(JSON.parse(args).city)
      }))
      const input = [{ role: 'user' as const, content: ASK }, ...calls, ...results]
      return (await clientOf(place).responses.create({ ...request, input })).output_text
    },
    async object(place) {
      const text = {
        format: { type: 'json_schema' as const, name: 'degrees', strict: true, schema: degrees }
      }
      const request = { model: place.model, input: ASK, max_output_tokens: MAX_TOKENS, text }
      return (await clientOf(place).responses.parse(request)).output_parsed
    }
  }
}

async function* deltasOf(events: AsyncIterable<OpenAI.Responses.ResponseStreamEvent>): AsyncIterable<string> {
  for await (const event of events) if (event.type === 'response.output_text.delta') yield event.delta
}

import Anthropic from '@anthropic-ai/sdk'
import type { SdkPlace } from '../sdk-clients.js'
import { ASK, collect, degrees, SAY, type SuiteClient, weather, weatherIn } from './suite-case.js'

const clientOf = ({ url, apiKey, fetch }: SdkPlace) => new Anthropic({ baseURL: url, apiKey, fetch })
const user = (content: string) => ({ role: 'user' as const, content })
const MAX_TOKENS = 256

const textOf = ({ content }: Anthropic.Message): string =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('')

const betaTextOf = ({ content }: Anthropic.Beta.BetaMessage): string =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('')

/** Messages. */
export const anthropicMessages: SuiteClient = {
  name: "Anthropic's SDK",
  api: 'messages',
  cases: {
    async chat(place) {
      const request = { model: place.model, max_tokens: MAX_TOKENS, messages: [user(SAY)] }
      return textOf(await clientOf(place).messages.create(request))
    },
    async stream(place) {
      const request = { model: place.model, max_tokens: MAX_TOKENS, messages: [user(SAY)] }
      return collect(textsOf(clientOf(place).messages.stream(request)))
    },
    async tools(place) {
      const { parameters, ...tool } = weather
      const tools = [{ ...tool, input_schema: parameters }]
      const request = { model: place.model, max_tokens: MAX_TOKENS, tools }
      const first = await clientOf(place).messages.create({ ...request, messages: [user(ASK)] })
      const results = first.content.flatMap((block) =>
        block.type === 'tool_use'
          ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: resultOf(block.input) }]
          : []
      )
      const messages = [user(ASK), { role: 'assistant' as const, content: first.content }]
      const second = { ...request, messages: [...messages, { role: 'user' as const, content: results }] }
      return textOf(await clientOf(place).messages.create(second))
    },
    async runner(place) {
      const { parameters, ...tool } = weather
      const run = async (input: unknown) => resultOf(input)
      const tools = [{ ...tool, input_schema: parameters, run, parse: (input: unknown) => input }]
      const request = { model: place.model, max_tokens: MAX_TOKENS, messages: [user(ASK)], tools }
      return betaTextOf(await clientOf(place).beta.messages.toolRunner(request))
    },
    async object(place) {
      const output_config = { format: { type: 'json_schema' as const, schema: degrees } }
      const request = { model: place.model, max_tokens: MAX_TOKENS, messages: [user(ASK)], output_config }
      return JSON.parse(textOf(await clientOf(place).messages.create(request)))
    }
  }
}

const resultOf = (input: unknown): string => weatherIn((input as { readonly city: string }).city)

async function* textsOf(events: AsyncIterable<Anthropic.MessageStreamEvent>): AsyncIterable<string> {
  for await (const event of events)
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') yield event.delta.text
}

import { ChatAnthropic } from '@langchain/anthropic'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import type { SdkPlace } from '../sdk-clients.js'
import { ASK, collect, degrees, refusal, SAY, type SuiteClient, weather, weatherIn } from './suite-case.js'

const maxTokens = 256

function casesOf(modelOf: (place: SdkPlace) => BaseChatModel): SuiteClient['cases'] {
  return {
    chat: async (place) => (await modelOf(place).invoke(SAY)).text,
    async stream(place) {
      return collect(textsOf(await modelOf(place).stream(SAY)))
    },
    async tools(place) {
      const { name, description, parameters: schema } = weather
      const city = tool(({ city }) => weatherIn(city), { name, description, schema })
      const model = modelOf(place).bindTools?.([city])
      if (!model) throw new TypeError('The model takes no tools')
      const first = await model.invoke([new HumanMessage(ASK)])
      const results = (first.tool_calls ?? []).map(
        ({ args, id = '' }) => new ToolMessage({ content: weatherIn(args.city), tool_call_id: id })
      )
      return (await model.invoke([new HumanMessage(ASK), first, ...results])).text
    },
    object: (place) => modelOf(place).withStructuredOutput(degrees, { name: 'degrees' }).invoke(ASK)
  }
}

async function* textsOf(chunks: AsyncIterable<{ readonly text: string }>): AsyncIterable<string> {
  for await (const { text } of chunks) yield text
}

const openaiOf =
  (useResponsesApi: boolean) =>
  ({ url, apiKey, fetch, model }: SdkPlace): BaseChatModel =>
    new ChatOpenAI({
      model,
      apiKey,
      maxTokens,
      useResponsesApi,
      configuration: { baseURL: `${url}/v1`, fetch }
    })

const anthropicOf = ({ url, apiKey, fetch, model }: SdkPlace): BaseChatModel =>
  new ChatAnthropic({ model, apiKey, maxTokens, anthropicApiUrl: url, clientOptions: { fetch } })

const embedding: SuiteClient['cases'] = {
  embedding({ url, apiKey, fetch }) {
    const embeddings = new OpenAIEmbeddings({
      model: 'embed',
      apiKey,
      configuration: { baseURL: `${url}/v1`, fetch }
    })
    return refusal(embeddings.embedQuery('words'))
  }
}

/** LangChain with each of its providers. */
export const langchainClients: readonly SuiteClient[] = [
  { name: 'LangChain, chat', api: 'openai', cases: { ...casesOf(openaiOf(false)), ...embedding } },
  { name: 'LangChain, Responses', api: 'openai', cases: casesOf(openaiOf(true)) },
  { name: 'LangChain, Messages', api: 'messages', cases: casesOf(anthropicOf) }
]

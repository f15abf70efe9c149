import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import Anthropic from '@anthropic-ai/sdk'
import { generateText, type LanguageModel } from 'ai'
import OpenAI from 'openai'
import OpenAI7 from 'openai-7'

/** Where an SDK sends its calls, and through which fetch. */
export interface SdkPlace {
  /** Without `/v1`. */
  readonly url: string
  readonly apiKey: string
  readonly model: string
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
}

/** One official SDK, set up as its README says and with the retries that it has by default. */
export interface SdkClient {
  readonly name: string
  /** Which API of the service it speaks. */
  readonly api: 'chat' | 'messages'
  /** Asks for a reply. @param patienceMs after which the SDK gives a try up. */
  ask(place: SdkPlace, text: string, patienceMs?: number): Promise<string>
}

const MAX_TOKENS = 64

/** What every version of OpenAI's SDK is asked with. */
interface ChatClient {
  readonly chat: { readonly completions: { create(request: ChatRequest): PromiseLike<ChatReply> } }
}

interface ChatRequest {
  readonly model: string
  readonly messages: { role: 'user'; content: string }[]
  readonly max_tokens: number
}

interface ChatReply {
  readonly choices: readonly { readonly message: { readonly content: string | null } }[]
}

interface OpenAIOptions extends Pick<SdkPlace, 'apiKey' | 'fetch'> {
  readonly baseURL: string
  readonly timeout: number | undefined
}

const openaiSdk = (name: string, open: (options: OpenAIOptions) => ChatClient): SdkClient => ({
  name,
  api: 'chat',
  async ask({ url, apiKey, model, fetch }, text, timeout) {
    const { chat } = open({ baseURL: `${url}/v1`, apiKey, fetch, timeout })
    const messages = [{ role: 'user' as const, content: text }]
    const reply = await chat.completions.create({ model, messages, max_tokens: MAX_TOKENS })
    return reply.choices[0]?.message.content ?? ''
  }
})

const anthropic: SdkClient = {
  name: "Anthropic's SDK",
  api: 'messages',
  async ask({ url, apiKey, model, fetch }, text, timeout) {
    const client = new Anthropic({ baseURL: url, apiKey, fetch, timeout })
    const messages = [{ role: 'user' as const, content: text }]
    const reply = await client.messages.create({ model, messages, max_tokens: MAX_TOKENS })
    return reply.content.map((block) => (block.type === 'text' ? block.text : '')).join('')
  }
}

/** The AI SDK gives up for good when its time is over. Its caller then asks again, as people and agents do. */
function aiSdk(
  provider: string,
  api: SdkClient['api'],
  modelOf: (place: SdkPlace) => LanguageModel
): SdkClient {
  return {
    name: `the AI SDK with ${provider}`,
    api,
    async ask(place, prompt, patienceMs) {
      const options = { model: modelOf(place), prompt, maxOutputTokens: MAX_TOKENS }
      if (patienceMs === undefined) return (await generateText(options)).text
      const abortSignal = AbortSignal.timeout(patienceMs)
      const impatient = generateText({ ...options, abortSignal })
      return (await impatient.catch(() => generateText(options))).text
    }
  }
}

/** Every SDK that speaks an API. */
export const sdkClients: readonly SdkClient[] = [
  openaiSdk("OpenAI's SDK", (options) => new OpenAI(options)),
  // For Node 22 and later, by what it says of itself.
  openaiSdk("OpenAI's SDK 7", (options) => new OpenAI7(options)),
  anthropic,
  aiSdk('@ai-sdk/openai-compatible', 'chat', ({ url, apiKey, model, fetch }) =>
    createOpenAICompatible({ name: 'shop', baseURL: `${url}/v1`, apiKey, fetch })(model)
  ),
  aiSdk('@ai-sdk/openai', 'chat', ({ url, apiKey, model, fetch }) =>
    createOpenAI({ baseURL: `${url}/v1`, apiKey, fetch }).chat(model)
  ),
  aiSdk('@ai-sdk/anthropic', 'messages', ({ url, apiKey, model, fetch }) =>
    createAnthropic({ baseURL: `${url}/v1`, apiKey, fetch })(model)
  )
]

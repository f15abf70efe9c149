import type { CallOptions } from './call-options.js'
import type { ChatBody } from './chat-body.js'

/** What Katana adds to OpenAI's usage (Katana 81 and 82). Amounts are decimal text or numbers, as the service has them. */
export interface KatanaUsage {
  readonly billing_source?: string
  readonly privacy_mode?: string
  readonly credits_reserved?: string | number
  readonly credits_charged?: string | number
  readonly credits_refunded?: string | number
  readonly paid_usdc?: string | number
  readonly wallet_balance_after_usdc?: string | number
  readonly [more: string]: unknown
}

/** What a chat used. */
export interface ChatUsage {
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly total_tokens?: number
  readonly imgnai?: KatanaUsage
  readonly [more: string]: unknown
}

/** A message that the model wrote, or a part of one. */
export interface ChatReply {
  readonly role?: string
  readonly content?: string | null
  readonly [more: string]: unknown
}

/** A chat completion, in OpenAI's spelling. */
export interface ChatCompletion {
  readonly id?: string
  readonly model?: string
  readonly choices: readonly ChatChoice[]
  readonly usage?: ChatUsage
  readonly [more: string]: unknown
}

/** One of the answers of a completion. */
export interface ChatChoice {
  readonly index?: number
  readonly message: ChatReply
  readonly finish_reason?: string | null
  readonly [more: string]: unknown
}

/** A part of a chat completion that streams. The last one carries the usage (Katana 83). */
export interface ChatChunk {
  readonly id?: string
  readonly model?: string
  readonly choices: readonly ChatChunkChoice[]
  readonly usage?: ChatUsage | null
  readonly [more: string]: unknown
}

/** A part of one of the answers of a completion. */
export interface ChatChunkChoice {
  readonly index?: number
  readonly delta?: ChatReply
  readonly finish_reason?: string | null
  readonly [more: string]: unknown
}

/** A chat that streams. */
export type StreamingBody = ChatBody & { readonly stream: true }
/** A chat that does not stream. */
export type WholeBody = ChatBody & { readonly stream?: false | null }

/** Text, as OpenAI's SDK requests it. */
export interface ChatCompletions {
  /**
   * Has text written. With `stream: true`, which needs an API key, it comes chunk by chunk.
   *
   * @throws {BursarError} `request/invalid`, `service/*`, and what the fetch throws.
   * @example
   * ```ts
   * const messages = [{ role: 'user', content: 'Hello' }] as const
   * const { choices } = await katana.chat.completions.create({ model: 'grok-4-3', messages, max_tokens: 64 })
   * ```
   */
  create(body: StreamingBody, options?: CallOptions): Promise<AsyncIterable<ChatChunk>>
  create(body: WholeBody, options?: CallOptions): Promise<ChatCompletion>
}

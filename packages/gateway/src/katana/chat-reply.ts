import { formatUsdc, type JsonObject } from '@bursar/core'
import type { ChatSpec } from './chat-request.js'

const CHARACTERS_PER_TOKEN = 4

/** What a reply says of itself. */
export interface ReplyDetails {
  readonly id: string
  /** Unix seconds. */
  readonly createdSeconds: number
  /** Atomic USDC. */
  readonly paidAtomic: bigint
}

/** A chat completion in OpenAI's shape. The same question gets the same reply. */
export function chatReply(spec: ChatSpec, { id, createdSeconds, paidAtomic }: ReplyDetails): JsonObject {
  const whole = [...replyTo(spec.question)]
  const room = spec.maxOutputTokens * CHARACTERS_PER_TOKEN
  const content = whole.slice(0, room).join('')
  const completionTokens = Math.ceil(content.length / CHARACTERS_PER_TOKEN)
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: createdSeconds,
    model: spec.model.id,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        finish_reason: whole.length > room ? 'length' : 'stop',
        logprobs: null
      }
    ],
    usage: {
      prompt_tokens: spec.inputTokens,
      completion_tokens: completionTokens,
      total_tokens: spec.inputTokens + completionTokens,
      // Katana 82: what was paid, and no credit reserve.
      imgnai: {
        paid_usdc: formatUsdc(paidAtomic),
        billing_source: 'x402',
        privacy_mode: spec.model.privacy,
        public_model_name: spec.model.id
      }
    }
  }
}

/** Does what Katana's examples ask for, and else repeats the question. */
function replyTo(question: string): string {
  const [, exactly] = /reply with exactly:\s*(.+)/is.exec(question) ?? []
  return exactly?.trim() ?? `You asked: ${question.trim()}`
}

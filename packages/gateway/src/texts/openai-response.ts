import type { JsonObject } from '@bursar/core'
import type { Reply } from './reply.js'

/** A response of OpenAI's Responses API. */
export function openAiResponse(id: string, createdSeconds: number, reply: Reply): JsonObject {
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: createdSeconds,
    status: 'completed',
    model: reply.model,
    output: [
      {
        id: `msg_${id}`,
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: reply.text, annotations: [] }]
      }
    ],
    parallel_tool_calls: true,
    tool_choice: 'auto',
    tools: [],
    usage: {
      input_tokens: reply.inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: reply.outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: reply.inputTokens + reply.outputTokens
    }
  }
}

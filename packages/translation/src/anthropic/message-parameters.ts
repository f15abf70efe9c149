import type { ParameterTable } from '../parameters.js'
import { THREAD_UNSUPPORTED } from './error-body.js'

const ownWorkings = "It is about the workings of Anthropic's service"
const runsThere = 'nothing runs at Anthropic here, so leave it out'

/**
 * What becomes of the parameters of `POST /v1/messages`.
 *
 * @see https://docs.anthropic.com/en/api/messages
 */
export const messageParameters: ParameterTable = {
  model: { use: 'mapped', note: '`model`', kinds: ['a text'], isRequired: true },
  messages: { use: 'mapped', note: '`messages`', kinds: ['a list'], isRequired: true },
  max_tokens: { use: 'mapped', note: '`max_tokens`', kinds: ['a number'], isRequired: true },
  system: { use: 'mapped', note: 'The first of `messages`, by the system', kinds: ['a text', 'a list'] },
  temperature: { use: 'mapped', note: '`temperature`', kinds: ['a number'] },
  top_p: { use: 'mapped', note: '`top_p`', kinds: ['a number'] },
  stop_sequences: {
    use: 'mapped',
    note: '`stop`. The answer says which one was met, where the service tells it',
    kinds: ['a list']
  },
  stream: { use: 'mapped', note: 'The answer is a stream of events', kinds: ['true or false'] },
  tools: {
    use: 'mapped',
    note: '`tools`. Tools that Anthropic defines are left out, or refused by name where nothing else is offered',
    kinds: ['a list']
  },
  tool_choice: {
    use: 'mapped',
    note: '`tool_choice` and `parallel_tool_calls`. A tool that Anthropic defines is refused by name',
    kinds: ['an object']
  },
  thinking: {
    use: 'mapped',
    note: '`reasoning_effort`, where the model is documented to have it. Ignored where it is not',
    kinds: ['an object']
  },
  output_config: {
    use: 'mapped',
    note: 'Its members',
    kinds: ['an object'],
    members: {
      effort: {
        use: 'mapped',
        note: '`reasoning_effort`, where the model is documented to have it. Ignored where it is not',
        kinds: ['a text']
      },
      format: { use: 'mapped', note: '`response_format`', kinds: ['an object'] },
      task_budget: { use: 'refused', note: 'no model here is told of a budget' }
    }
  },
  output_format: { use: 'mapped', note: '`response_format`', kinds: ['an object'] },
  top_k: { use: 'refused', note: 'use top_p or temperature' },
  mcp_servers: { use: 'refused', note: runsThere },
  container: { use: 'refused', note: runsThere },
  thread: { use: 'refused', note: 'nothing is stored here, so send all messages', code: THREAD_UNSUPPORTED },
  safeguards: { use: 'refused', note: 'no call of a tool is judged here, so judge it where it runs' },
  compaction: { use: 'refused', note: 'send what the model shall read' },
  inference_geo: { use: 'refused', note: 'where a model runs cannot be chosen here' },
  context_management: { use: 'ignored', note: 'The model reads what the request brings' },
  fallbacks: { use: 'ignored', note: 'No other model is asked than the one that is named' },
  fallback_credit_token: { use: 'ignored', note: ownWorkings },
  billing_policy: { use: 'ignored', note: ownWorkings },
  cache_control: { use: 'ignored', note: ownWorkings },
  diagnostics: { use: 'ignored', note: ownWorkings },
  metadata: { use: 'ignored', note: ownWorkings },
  service_tier: { use: 'ignored', note: ownWorkings },
  speed: { use: 'ignored', note: ownWorkings },
  user_profile_id: { use: 'ignored', note: ownWorkings },
  workspace_id: { use: 'ignored', note: ownWorkings }
}

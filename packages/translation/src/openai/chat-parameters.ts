import type { ParameterTable } from '../parameters.js'

const handedOn = 'Handed on as it is'

/**
 * What becomes of the parameters of `POST /v1/chat/completions`, which services speak themselves.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export const chatParameters: ParameterTable = {
  model: { use: 'mapped', note: handedOn, kinds: ['a text'], isRequired: true },
  messages: {
    use: 'mapped',
    note: 'Handed on. Images and files that a tool answers with go into a message by the user behind it',
    kinds: ['a list']
  },
  stream: { use: 'mapped', note: 'The answer is a stream of events', kinds: ['true or false'] },
  stream_options: {
    use: 'mapped',
    note: '`include_usage`: the stream ends with it. Left out where nothing is to stream',
    kinds: ['an object']
  },
  max_tokens: { use: 'mapped', note: handedOn, kinds: ['a number'] },
  max_completion_tokens: { use: 'mapped', note: handedOn, kinds: ['a number'] },
  temperature: { use: 'mapped', note: handedOn, kinds: ['a number'] },
  top_p: { use: 'mapped', note: handedOn, kinds: ['a number'] },
  n: { use: 'mapped', note: handedOn, kinds: ['a number'] },
  stop: { use: 'mapped', note: handedOn, kinds: ['a text', 'a list'] },
  seed: { use: 'mapped', note: handedOn, kinds: ['a number'] },
  frequency_penalty: { use: 'mapped', note: handedOn, kinds: ['a number'] },
  presence_penalty: { use: 'mapped', note: handedOn, kinds: ['a number'] },
  logit_bias: { use: 'mapped', note: handedOn, kinds: ['an object'] },
  logprobs: { use: 'mapped', note: handedOn, kinds: ['true or false'] },
  top_logprobs: { use: 'mapped', note: handedOn, kinds: ['a number'] },
  tools: { use: 'mapped', note: handedOn, kinds: ['a list'] },
  tool_choice: { use: 'mapped', note: handedOn, kinds: ['a text', 'an object'] },
  parallel_tool_calls: { use: 'mapped', note: handedOn, kinds: ['true or false'] },
  functions: { use: 'mapped', note: handedOn, kinds: ['a list'] },
  function_call: { use: 'mapped', note: handedOn, kinds: ['a text', 'an object'] },
  response_format: { use: 'mapped', note: handedOn, kinds: ['an object'] },
  reasoning_effort: { use: 'mapped', note: handedOn, kinds: ['a text'] },
  verbosity: { use: 'mapped', note: handedOn, kinds: ['a text'] },
  modalities: { use: 'mapped', note: handedOn, kinds: ['a list'] },
  audio: { use: 'mapped', note: handedOn, kinds: ['an object'] },
  prediction: { use: 'mapped', note: handedOn, kinds: ['an object'] },
  web_search_options: { use: 'mapped', note: handedOn, kinds: ['an object'] },
  moderation: { use: 'mapped', note: handedOn },
  service_tier: { use: 'mapped', note: handedOn, kinds: ['a text'] },
  store: { use: 'mapped', note: handedOn, kinds: ['true or false'] },
  metadata: { use: 'mapped', note: handedOn, kinds: ['an object'] },
  user: { use: 'mapped', note: handedOn, kinds: ['a text'] },
  safety_identifier: { use: 'mapped', note: handedOn, kinds: ['a text'] },
  prompt_cache_key: { use: 'mapped', note: handedOn, kinds: ['a text'] },
  prompt_cache_options: { use: 'mapped', note: handedOn, kinds: ['an object'] },
  prompt_cache_retention: { use: 'mapped', note: handedOn, kinds: ['a text'] }
}

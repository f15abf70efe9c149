import type { JsonObject } from '@bursar/core'

const tool = (name: string) => ({ type: 'function', name, parameters: {} })
const chatTool = (name: string) => ({ type: 'function', function: { name, parameters: {} } })
const message = { role: 'user', content: 'x' }
const schema = { type: 'json_object' }

/** What Messages and the counting of its tokens have in common. */
const messageValues: JsonObject = {
  ...{
    model: 'other',
    messages: [message, message],
    max_tokens: 6,
    system: 'Be brief and kind',
    temperature: 0.5
  },
  ...{ top_p: 0.5, stop_sequences: ['x'], stream: true, tools: [{ name: 'two', input_schema: {} }] },
  ...{ tool_choice: { type: 'any' }, thinking: { type: 'enabled', budget_tokens: 2000 } },
  ...{ output_config: { effort: 'low' }, 'output_config.effort': 'high' },
  ...{
    'output_config.format': { type: 'json_schema', schema: {} },
    'output_config.task_budget': { total: 5 }
  },
  ...{ output_format: { type: 'json_schema', schema: {} }, top_k: 5, mcp_servers: [{ name: 'a' }] },
  ...{ safeguards: [{ type: 'dangerous_tool_use' }] },
  ...{ container: 'c', thread: { id: 't' }, compaction: { type: 'a' }, inference_geo: 'eu' },
  ...{ context_management: { edits: [] }, fallbacks: [{ model: 'b' }], fallback_credit_token: 't' },
  ...{ billing_policy: { type: 'a' }, cache_control: { type: 'ephemeral' }, diagnostics: {} },
  ...{
    metadata: { user_id: 'u' },
    service_tier: 'auto',
    speed: 'fast',
    user_profile_id: 'u',
    workspace_id: 'w'
  }
}

/** For each endpoint: a request without the parameter that is tried, and a value of each parameter that asks for something. */
export const samples: Readonly<Record<string, { readonly base: JsonObject; readonly values: JsonObject }>> = {
  '/v1/responses': {
    base: { model: 'm', input: 'x', tools: [tool('one')] },
    values: {
      ...{ model: 'other', input: 'other', instructions: 'Be brief', max_output_tokens: 5 },
      ...{ temperature: 0.5, top_p: 0.5, user: 'u', tools: [tool('two')], tool_choice: 'required' },
      ...{ parallel_tool_calls: false, 'text.format': schema, 'text.verbosity': 'low' },
      ...{ text: { verbosity: 'high' }, reasoning: { effort: 'high' }, 'reasoning.effort': 'low' },
      ...{ 'reasoning.summary': 'auto', 'reasoning.generate_summary': 'auto', 'reasoning.mode': 'pro' },
      ...{ 'reasoning.context': 'all_turns', include: ['reasoning.encrypted_content'] },
      ...{ previous_response_id: 'resp_kept', stream: true, seed: 1, stop: 'x', frequency_penalty: 1 },
      ...{ presence_penalty: 1, background: true, conversation: 'c', prompt: { id: 'p' } },
      ...{ context_management: [{ type: 'compaction' }], truncation: 'auto', max_tool_calls: 1 },
      ...{ top_logprobs: 1, moderation: { model: 'm' }, store: true, stream_options: {} },
      ...{ service_tier: 'flex', metadata: { a: 'b' }, client_metadata: { a: 'b' } },
      ...{ safety_identifier: 's', prompt_cache_key: 'k', prompt_cache_options: {} },
      prompt_cache_retention: '24h'
    }
  },
  '/v1/chat/completions': {
    base: { model: 'm', messages: [message], tools: [chatTool('one')] },
    values: {
      ...{ model: 'other', messages: [message, message], stream: true, max_tokens: 5 },
      ...{ stream_options: { include_usage: true }, max_completion_tokens: 5, temperature: 0.5, top_p: 0.5 },
      ...{ n: 2, stop: 'x', seed: 1, frequency_penalty: 1, presence_penalty: 1, logit_bias: { '1': 1 } },
      ...{ logprobs: true, top_logprobs: 1, tools: [chatTool('two')], tool_choice: 'required' },
      ...{ parallel_tool_calls: false, functions: [{ name: 'f' }], function_call: 'auto' },
      ...{ response_format: schema, reasoning_effort: 'low', verbosity: 'low', modalities: ['text'] },
      ...{ audio: { format: 'wav' }, prediction: { type: 'content' }, web_search_options: {} },
      ...{ moderation: { model: 'm' }, service_tier: 'flex', store: true, metadata: { a: 'b' }, user: 'u' },
      ...{ safety_identifier: 's', prompt_cache_key: 'k', prompt_cache_options: {} },
      prompt_cache_retention: '24h'
    }
  },
  '/v1/messages': {
    base: { model: 'gpt-5', max_tokens: 5, messages: [message], tools: [{ name: 'one', input_schema: {} }] },
    values: messageValues
  },
  '/v1/messages/count_tokens': { base: { model: 'gpt-5', messages: [message] }, values: messageValues },
  '/v1/images/generations': {
    base: { model: 'm', prompt: 'x' },
    values: {
      ...{ model: 'other', prompt: 'y', n: 2, size: '16x9', response_format: 'b64_json' },
      ...{ output_format: 'webp', quality: 'high', background: 'opaque', style: 'vivid' },
      ...{ output_compression: 5, moderation: 'low', partial_images: 1, stream: true, user: 'u' }
    }
  },
  '/v1/images/edits': {
    base: { model: 'm', prompt: 'x', image: 'https://example.com/a.png' },
    values: {
      ...{ image: 'https://example.com/b.png', images: ['https://example.com/b.png'], mask: 'https://m' },
      ...{ model: 'other', prompt: 'y', n: 2, size: '16x9', response_format: 'b64_json' },
      ...{ output_format: 'webp', quality: 'high', background: 'opaque', style: 'vivid' },
      ...{ output_compression: 5, moderation: 'low', partial_images: 1, stream: true, user: 'u' },
      input_fidelity: 'high'
    }
  },
  '/v1/videos': {
    base: { model: 'm', prompt: 'x' },
    values: {
      ...{ model: 'other', prompt: 'y', seconds: '8', size: '16x9', user: 'u' },
      input_reference: { image_url: 'https://example.com/a.png' }
    }
  }
}

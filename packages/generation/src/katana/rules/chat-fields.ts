import { nearestName } from '@bursar/core'
import { shown } from '../../shared/checks/invalid-request.js'
import type { ChatBody } from '../chat-body.js'
import type { Violation } from './violation.js'

/** The fields of OpenAI's chat completions, and those that other services have beside them. */
const known: readonly string[] = [
  ...['model', 'messages', 'prompt', 'max_tokens', 'max_completion_tokens', 'temperature', 'top_p', 'n'],
  ...['stream', 'stream_options', 'stop', 'seed', 'user', 'metadata', 'store', 'logit_bias', 'logprobs'],
  ...['top_logprobs', 'presence_penalty', 'frequency_penalty', 'tools', 'tool_choice', 'parallel_tool_calls'],
  ...['functions', 'function_call', 'response_format', 'modalities', 'audio', 'prediction', 'verbosity'],
  ...['reasoning_effort', 'service_tier', 'web_search_options', 'safety_identifier', 'prompt_cache_key'],
  ...['prompt_cache_retention', 'top_k', 'top_a', 'min_p', 'min_tokens', 'repetition_penalty', 'reasoning'],
  ...['include_reasoning', 'thinking', 'provider', 'models', 'route', 'transforms', 'plugins'],
  ...['web_search', 'chat_template_kwargs', 'extra_body']
]

/** Of fewer letters, any name is nearly some other. */
const SHORTEST = 4

/**
 * The body of a chat is open: what has no name here is sent as it is, since Katana may know it. A name that is nearly a known one
 * is most likely a mistake, and an expensive one: with `max_token`, the answer has no limit and the reserve is the highest.
 */
export function checkChatFields(body: ChatBody): readonly Violation[] {
  return Object.keys(body).flatMap((name): Violation[] => {
    if (known.includes(name)) return []
    const nearest = name.length < SHORTEST ? undefined : nearestName(name, known)
    if (nearest === undefined) return []
    const message = `There is no field ${shown(name)}, and ${nearest} is nearly the same`
    return [
      {
        field: name.slice(0, 60),
        rule: 'field_misspelt',
        message,
        allowed: `${nearest}, or validate: false to send it as it is`
      }
    ]
  })
}

import type { ParameterTable } from '../parameters.js'

const nothingStored = 'nothing is stored here, so send the whole input'
const ownWorkings = "It is about the workings of OpenAI's service"

/**
 * What becomes of the parameters of `POST /v1/responses`.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export const responseParameters: ParameterTable = {
  model: { use: 'mapped', note: '`model`', kinds: ['a text'], isRequired: true },
  input: { use: 'mapped', note: '`messages`', kinds: ['a text', 'a list'], isRequired: true },
  instructions: { use: 'mapped', note: 'The first of `messages`, by the system', kinds: ['a text'] },
  max_output_tokens: { use: 'mapped', note: '`max_tokens`', kinds: ['a number'] },
  temperature: { use: 'mapped', note: '`temperature`', kinds: ['a number'] },
  top_p: { use: 'mapped', note: '`top_p`', kinds: ['a number'] },
  user: { use: 'mapped', note: '`user`', kinds: ['a text'] },
  tools: {
    use: 'mapped',
    note: '`tools`. Custom tools, namespaces and a search that the client runs become functions; tools that OpenAI runs are left out, or refused by name where nothing else is offered',
    kinds: ['a list']
  },
  tool_choice: {
    use: 'mapped',
    note: '`tool_choice`. A tool that OpenAI runs is refused by name',
    kinds: ['a text', 'an object']
  },
  parallel_tool_calls: {
    use: 'mapped',
    note: '`parallel_tool_calls`, where there are tools',
    kinds: ['true or false']
  },
  text: {
    use: 'mapped',
    note: 'Its members',
    kinds: ['an object'],
    members: {
      format: { use: 'mapped', note: '`response_format`', kinds: ['an object'] },
      verbosity: { use: 'mapped', note: '`verbosity`', kinds: ['a text'] }
    }
  },
  reasoning: {
    use: 'mapped',
    note: 'Its members',
    kinds: ['an object'],
    members: {
      effort: { use: 'mapped', note: '`reasoning_effort`', kinds: ['a text'] },
      summary: { use: 'ignored', note: 'What the service tells of its reasoning is always the summary' },
      generate_summary: { use: 'ignored', note: 'As `reasoning.summary`' },
      context: { use: 'ignored', note: 'Reasoning is sent as the input brings it' },
      mode: { use: 'refused', note: 'only standard can be used', neutral: ['standard', 'auto'] }
    }
  },
  include: {
    use: 'mapped',
    note: '`reasoning.encrypted_content` is answered. What is wanted of a tool that is left out is left out with it. Other values are refused by name',
    kinds: ['a list']
  },
  previous_response_id: {
    use: 'mapped',
    note: '`messages`, where it names an answer that is kept. Others are refused by name',
    kinds: ['a text']
  },
  stream: { use: 'mapped', note: 'The answer is a stream of events', kinds: ['true or false'] },
  seed: { use: 'mapped', note: '`seed`', kinds: ['a number'] },
  stop: { use: 'mapped', note: '`stop`', kinds: ['a text', 'a list'] },
  frequency_penalty: { use: 'mapped', note: '`frequency_penalty`', kinds: ['a number'] },
  presence_penalty: { use: 'mapped', note: '`presence_penalty`', kinds: ['a number'] },
  background: { use: 'refused', note: nothingStored, neutral: [false] },
  conversation: { use: 'refused', note: nothingStored },
  prompt: { use: 'refused', note: nothingStored },
  context_management: { use: 'refused', note: 'send what the model shall read' },
  truncation: { use: 'refused', note: 'send what fits the model', neutral: ['disabled'] },
  max_tool_calls: { use: 'refused', note: 'tools that OpenAI runs, which it counts, are not run here' },
  top_logprobs: { use: 'refused', note: 'use chat completions', neutral: [0] },
  moderation: { use: 'refused', note: 'nothing is moderated here' },
  store: { use: 'ignored', note: 'Answers are kept for a while, whatever it says; the answer says `false`' },
  stream_options: { use: 'ignored', note: 'A stream on one machine hides nothing by its length' },
  service_tier: { use: 'ignored', note: ownWorkings },
  metadata: { use: 'ignored', note: 'The answer repeats it' },
  client_metadata: { use: 'ignored', note: 'It tells the service about the client' },
  safety_identifier: { use: 'ignored', note: ownWorkings },
  prompt_cache_key: { use: 'ignored', note: ownWorkings },
  prompt_cache_options: { use: 'ignored', note: ownWorkings },
  prompt_cache_retention: { use: 'ignored', note: ownWorkings }
}

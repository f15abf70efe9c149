import type { JsonObject } from '@bursar/core'

const parameters = { type: 'object', properties: { cmd: { type: 'string' } }, required: ['cmd'] }
const functionTool = (name: string) => ({
  type: 'function',
  name,
  description: `Does ${name}`,
  strict: false,
  parameters
})
const functions = ['exec_command', 'write_stdin', 'view_image'].map(functionTool)
/** Its grammar is shortened. */
const applyPatch = {
  type: 'custom',
  name: 'apply_patch',
  description: 'Edits files',
  format: { type: 'grammar', syntax: 'lark', definition: 'start: begin_patch hunk+ end_patch' }
}

const body = {
  stream: true,
  tool_choice: 'auto',
  parallel_tool_calls: true,
  store: false,
  include: ['reasoning.encrypted_content'],
  prompt_cache_key: 'thread',
  client_metadata: { 'x-codex-installation-id': 'a', session_id: 'b' }
}

const text = (role: string, words: string, id: string) => ({
  type: 'message',
  id,
  role,
  content: [{ type: 'input_text', text: words }]
})
const input = [
  text('developer', 'Permissions', 'msg_1'),
  text('user', 'Environment', 'msg_2'),
  text('user', 'Say hello', 'msg_3')
]

/** What Codex 0.171.0 sends first, by which models it knows. */
export const codexFirstTurns: readonly (readonly [name: string, turn: JsonObject])[] = [
  [
    'a model that it does not know',
    {
      ...body,
      model: 'qwen3-6-flash',
      input,
      reasoning: { summary: 'auto' },
      tools: [
        ...functions,
        {
          type: 'namespace',
          name: 'multi_agent_v1',
          description: 'Tools for agents',
          tools: ['close_agent', 'spawn_agent'].map(functionTool)
        },
        { type: 'web_search', external_web_access: false }
      ]
    }
  ],
  [
    'gpt-5.5',
    {
      ...body,
      model: 'gpt-5.5',
      input,
      reasoning: { effort: 'medium' },
      text: { verbosity: 'low' },
      tools: [
        ...functions,
        applyPatch,
        { type: 'tool_search', execution: 'client', description: 'Finds tools', parameters },
        { type: 'web_search', external_web_access: false }
      ]
    }
  ],
  [
    'gpt-6.2-sol',
    {
      ...body,
      model: 'gpt-6.2-sol',
      parallel_tool_calls: false,
      reasoning: { effort: 'low', context: 'all_turns' },
      input: [
        {
          type: 'additional_tools',
          role: 'developer',
          tools: [
            {
              type: 'namespace',
              name: 'functions',
              description: '',
              tools: [{ ...applyPatch, name: 'exec' }, functionTool('wait')]
            },
            { type: 'namespace', name: 'clock', description: 'Tells time', tools: [functionTool('wait')] },
            {
              type: 'namespace',
              name: 'collaboration',
              description: 'Agents',
              tools: [functionTool('spawn_agent')]
            }
          ]
        },
        ...input
      ]
    }
  ]
]

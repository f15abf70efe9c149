/** Words of about this many bytes. */
const filler = (bytes: number): string => 'Use it with care and say why. '.repeat(Math.ceil(bytes / 30))

const names = [
  ...['Task', 'Bash', 'Glob', 'Grep', 'Read', 'Edit', 'Write', 'NotebookEdit', 'WebFetch', 'WebSearch'],
  ...['TodoWrite', 'BashOutput', 'KillShell', 'Skill', 'SlashCommand', 'Agent', 'AskUserQuestion'],
  ...['EnterPlanMode', 'ExitPlanMode', 'ListMcp', 'ReadMcp', 'Monitor', 'Sleep', 'ToolSearch']
]

/** A tool as Claude Code describes it. */
const toolOf = (name: string) => ({
  name,
  description: filler(4000),
  input_schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { command: { type: 'string', description: 'What is to be done' } },
    required: ['command'],
    additionalProperties: false
  }
})

/** The first request of a session of Claude Code 2.1.197, in shape and size, with a prompt whose answer is known. */
export function claudeCodeBody(model: string, { maxTokens = 32_000, words = 'hired' } = {}) {
  const cached = { cache_control: { type: 'ephemeral' } }
  return {
    model,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: '<system-reminder>\nToday is a day.\n</system-reminder>' },
          { type: 'text', text: `Reply with exactly: ${words}`, ...cached }
        ]
      }
    ],
    system: [
      { type: 'text', text: 'x-anthropic-billing-header: cc_version=2.1.197; cc_entrypoint=sdk-cli;' },
      { type: 'text', text: 'You are a Claude agent, built on Anthropic’s Claude Agent SDK.', ...cached },
      { type: 'text', text: filler(15_000), ...cached }
    ],
    tools: names.map(toolOf),
    metadata: { user_id: JSON.stringify({ device_id: 'd', account_uuid: '', session_id: 's' }) },
    max_tokens: maxTokens,
    thinking: { type: 'adaptive' },
    context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
    output_config: { effort: 'high' },
    stream: true
  }
}

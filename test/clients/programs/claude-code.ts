import type { ClientProgram } from './program.js'

const version = '2.1.197'

/** Speaks Anthropic's Messages. */
export const claudeCode: ClientProgram = {
  name: 'claude-code',
  version,
  packages: { '@anthropic-ai/claude-code': version },
  variants: [
    {
      name: 'messages',
      model: 'claude-sonnet-4-6',
      start: ({ modules, home, url, token }, prompt) => ({
        program: `${modules}/@anthropic-ai/claude-code-linux-x64/claude`,
        args: [
          '-p',
          prompt,
          '--model',
          'claude-sonnet-4-6',
          '--dangerously-skip-permissions',
          '--strict-mcp-config'
        ],
        env: {
          HOME: home,
          IS_SANDBOX: '1',
          ANTHROPIC_BASE_URL: url,
          ANTHROPIC_API_KEY: token,
          CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1'
        }
      }),
      // It asks a cut text to go on.
      outcomes: { 'cut-text': { says: 'and it has an end', answers: 2 } }
    }
  ]
}

import type { ClientProgram } from './program.js'

/** Speaks Anthropic's Messages. */
export const claudeCode: ClientProgram = {
  name: 'claude-code',
  package: '@anthropic-ai/claude-code',
  versions: ['2.1.197', '2.1.332'],
  variants: [
    {
      name: 'messages',
      model: 'claude-sonnet-4-6',
      start: ({ modules, home, url, token, mcp }, prompt) => ({
        program: `${modules}/@anthropic-ai/claude-code-linux-x64/claude`,
        args: [
          '-p',
          prompt,
          '--model',
          'claude-sonnet-4-6',
          '--dangerously-skip-permissions',
          '--strict-mcp-config',
          ...(mcp ? ['--mcp-config', JSON.stringify({ mcpServers: { bursar: mcp } })] : [])
        ],
        env: {
          HOME: home,
          IS_SANDBOX: '1',
          ANTHROPIC_BASE_URL: url,
          ANTHROPIC_API_KEY: token,
          CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
          // It would go on without tools that are not there within two seconds.
          MCP_CONNECTION_NONBLOCKING: '0'
        }
      }),
      // Claude Code asks an answer that was cut to go on, and where that brings nothing three times in all; then it ends with an
      // error, and no tool has run. A refusal it tells in its own words and not in the model's, and ends with an error.
      outcomes: {
        'cut-text': { says: 'and it has an end', answers: 2 },
        'cut-tool': { fails: true, says: '', answers: 4 },
        refusal: { fails: true }
      },
      // It asks once more, and tells the model that its answer was stopped. Tools of servers have to be searched for.
      outcomesSince: { '2.1.332': { refusal: { fails: true, answers: 2 }, mcp: { answers: 3 } } }
    }
  ]
}

import type { ClientPlace, ClientProgram, ClientVariant, McpServer } from './program.js'

/** @param model Codex knows some names, and each kind of name has tools of another shape. */
const responses = (model: string, outcomes: ClientVariant['outcomes'] = {}): ClientVariant => ({
  name: `responses, ${model}`,
  model,
  start: ({ modules, home, url, token, mcp }, prompt) => ({
    program: `${modules}/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex`,
    args: [
      'exec',
      '--skip-git-repo-check',
      '--dangerously-bypass-approvals-and-sandbox',
      '-m',
      model,
      prompt
    ],
    env: { HOME: home, BURSAR_TOKEN: token },
    files: { [`${home}/.codex/config.toml`]: configOf({ url, mcp }) }
  }),
  // What is cut ends its turn with an error.
  outcomes: {
    'cut-text': { fails: true, says: '' },
    'cut-tool': { fails: true, says: '', answers: 1 },
    ...outcomes
  }
})

const configOf = ({ url, mcp }: Pick<ClientPlace, 'url' | 'mcp'>): string => `
model_provider = "bursar"
analytics.enabled = false
[features]
plugins = false
[model_providers.bursar]
name = "bursar"
base_url = "${url}/v1"
env_key = "BURSAR_TOKEN"
${mcp ? serverOf(mcp) : ''}`

const serverOf = ({ command, args, env }: McpServer): string => `
[mcp_servers.bursar]
command = ${JSON.stringify(command)}
args = ${JSON.stringify(args)}
required = true
[mcp_servers.bursar.env]
${Object.entries(env)
  .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
  .join('\n')}
`

/** Speaks OpenAI's Responses. */
export const codex: ClientProgram = {
  name: 'codex',
  package: '@openai/codex',
  versions: ['0.171.0'],
  variants: [
    responses('qwen3-6-flash'),
    // It searches for the tools of servers.
    responses('gpt-5.5', { mcp: { answers: 3 } })
  ]
}

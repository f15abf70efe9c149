import type { ClientPlace, ClientProgram, ClientVariant } from './program.js'

/** @param provider decides the API. */
const by = (
  name: string,
  provider: string,
  { model, outcomes = {} }: Pick<ClientVariant, 'model' | 'outcomes'>
): ClientVariant => ({
  name,
  model,
  start: ({ modules, home, url, token, mcp }, prompt) => ({
    program: process.execPath,
    args: [
      `${modules}/@continuedev/cli/dist/cn.js`,
      '-p',
      '--config',
      `${home}/config.yaml`,
      '--auto',
      prompt
    ],
    env: { HOME: home, CONTINUE_TELEMETRY_ENABLED: '0' },
    files: { [`${home}/config.yaml`]: configOf({ provider, model, url, token, mcp }) }
  }),
  // It reads a picture as the text of its bytes.
  outcomes: { picture: { says: '0 picture was shown' }, ...outcomes }
})

interface Configured extends Pick<ClientPlace, 'url' | 'token' | 'mcp'> {
  readonly provider: string
  readonly model: string
}

function configOf({ provider, model, url, token, mcp }: Configured) {
  const roles = ['chat', 'edit', 'apply']
  const models = [{ name: 'q', provider, model, apiBase: `${url}/v1`, apiKey: token, roles }]
  // JSON is YAML.
  return JSON.stringify({
    ...{ name: 't', version: '1.0.0', schema: 'v1', models },
    ...(mcp ? { mcpServers: [{ name: 'bursar', ...mcp }] } : {})
  })
}

/** Speaks chat, and Messages. */
export const continueCli: ClientProgram = {
  name: 'continue',
  package: '@continuedev/cli',
  versions: ['1.5.47'],
  variants: [
    by('chat', 'openai', { model: 'qwen3-6-flash' }),
    by('messages', 'anthropic', {
      model: 'claude-haiku-4-5',
      // A cut call is left out (C20), and an answer without anything ends its turn and prints nothing.
      outcomes: { 'cut-tool': { says: '', answers: 1 } }
    })
  ]
}

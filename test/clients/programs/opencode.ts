import type { ClientPlace, ClientProgram, ClientVariant } from './program.js'

/** @param npm the provider of the AI SDK, which decides the API. */
const provider = (
  name: string,
  npm: string,
  { model, outcomes = {} }: Pick<ClientVariant, 'model' | 'outcomes'>
): ClientVariant => ({
  name,
  model,
  start: ({ modules, home, project, url, token, mcp }, prompt) => ({
    program: `${modules}/opencode-linux-x64/bin/opencode`,
    args: ['run', prompt],
    env: {
      HOME: home,
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
      OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
      npm_config_registry: 'http://127.0.0.1:9'
    },
    files: { [`${project}/opencode.json`]: JSON.stringify(configOf({ npm, model, url, token, mcp })) }
  }),
  // A title.
  answersBeside: 1,
  // It looks for 500 and its like in the words of an error, where an amount or a hash has such digits too, and asks six times.
  outcomes: {
    'lost-charge': { mayRepeat: true },
    'paid-failure': { mayRepeat: true },
    'over-limit': { mayRepeat: true },
    ...outcomes
  }
})

interface Configured extends Pick<ClientPlace, 'url' | 'token' | 'mcp'> {
  readonly npm: string
  readonly model: string
}

function configOf({ npm, model, url, token, mcp }: Configured) {
  const modalities = { input: ['text', 'image'], output: ['text'] }
  return {
    autoupdate: false,
    share: 'disabled',
    model: `bursar/${model}`,
    small_model: `bursar/${model}`,
    permission: { '*': 'allow' },
    ...(mcp
      ? { mcp: { bursar: { type: 'local', command: [mcp.command, ...mcp.args], environment: mcp.env } } }
      : {}),
    provider: {
      bursar: {
        npm,
        name: 'Bursar',
        options: { baseURL: `${url}/v1`, apiKey: token },
        models: { [model]: { name: 'q', attachment: true, modalities } }
      }
    }
  }
}

/** Speaks all three APIs, by its providers. */
export const opencode: ClientProgram = {
  name: 'opencode',
  package: 'opencode-ai',
  versions: ['1.18.33'],
  variants: [
    provider('chat', '@ai-sdk/openai-compatible', { model: 'qwen3-6-flash' }),
    provider('messages', '@ai-sdk/anthropic', {
      model: 'claude-haiku-4-5',
      // A cut call is left out (C20), and what is left ends its turn. A refusal is a filter's to it, and an error.
      outcomes: { 'cut-tool': { says: '', answers: 1 }, refusal: { fails: true } }
    }),
    provider('responses', '@ai-sdk/openai', {
      model: 'qwen3-6-flash',
      // A call whose item is incomplete ends its turn.
      outcomes: { 'cut-tool': { says: '', answers: 1 } }
    })
  ]
}

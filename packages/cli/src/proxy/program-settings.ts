import { codexConfig } from './codex-home.js'

/** A program whose settings are a file or a form. */
export type ConfiguredProgram = keyof typeof settings

/** What a program is set up with. */
interface ProgramSettings {
  /** Where the proxy listens. */
  readonly url: string
  readonly model: string
}

/** The variable that holds the token of the proxy. */
const TOKEN = 'BURSAR_PROXY_TOKEN'

const settings = {
  codex: ({ url, model }: ProgramSettings) =>
    `# ~/.codex/config.toml; or bursar proxy … -- codex, which needs none of this\n${codexConfig({ url, model, tokenVariable: TOKEN })}`,
  opencode: ({ url, model }: ProgramSettings) =>
    `// opencode.json\n${JSON.stringify(
      {
        model: `bursar/${model}`,
        small_model: `bursar/${model}`,
        provider: {
          bursar: {
            npm: '@ai-sdk/openai-compatible',
            name: 'Bursar',
            options: { baseURL: `${url}/v1`, apiKey: `{env:${TOKEN}}` },
            models: { [model]: { name: model } }
          }
        }
      },
      undefined,
      2
    )}\n`,
  continue: ({ url, model }: ProgramSettings) => `# config.yaml
name: bursar
version: 1.0.0
schema: v1
models:
  - name: ${model}
    provider: openai
    model: ${model}
    apiBase: ${url}/v1
    apiKey: the text of ${TOKEN}
    roles: [chat, edit, apply]
`,
  'open-webui': ({ url, model }: ProgramSettings) => {
    const { port } = new URL(url)
    return `# The proxy, which the container reaches by the name of the host:
#   bursar proxy … --bind 0.0.0.0 --allow-host host.docker.internal --port ${port}
# The container:
docker run -p 3000:8080 --add-host host.docker.internal:host-gateway \\
  -e OPENAI_API_BASE_URL=http://host.docker.internal:${port}/v1 -e OPENAI_API_KEY="$${TOKEN}" \\
  -e TASK_MODEL_EXTERNAL=${model} ghcr.io/open-webui/open-webui:main
# For direct connections of its page, start the proxy with --allow-origin http://localhost:3000
`
  }
}

/** The programs of {@link programSettings}. */
export const configuredPrograms = Object.keys(settings)

/** The lines by which a program uses a proxy that runs, with the name of the token's variable and never the token. */
export function programSettings(program: ConfiguredProgram, given: ProgramSettings): string {
  return settings[program](given)
}

/** Whether a program has settings here. */
export function isConfigured(program: string): program is ConfiguredProgram {
  return Object.hasOwn(settings, program)
}

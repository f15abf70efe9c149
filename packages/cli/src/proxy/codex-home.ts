import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startsProgram } from './starts-program.js'

/** The variable that holds the token of a Codex that the proxy has started. */
export const CODEX_TOKEN = 'BURSAR_TOKEN'

/** How Codex uses the proxy. */
export interface CodexSettings {
  /** Where the proxy listens. */
  readonly url: string
  readonly model: string
  /** The variable that holds the token. */
  readonly tokenVariable: string
}

/** A folder of its own for one run of Codex. */
export interface CodexHome extends AsyncDisposable {
  readonly path: string
}

/** The lines of Codex's `config.toml`. It reads no variable that says where to ask. */
export function codexConfig({ url, model, tokenVariable }: CodexSettings): string {
  return `model = ${JSON.stringify(model)}
model_provider = "bursar"
web_search = "disabled"

[analytics]
enabled = false

[features]
multi_agent = false
plugins = false

[model_providers.bursar]
name = "bursar"
base_url = ${JSON.stringify(`${url}/v1`)}
env_key = ${JSON.stringify(tokenVariable)}
wire_api = "responses"
`
}

/** The model that Codex asks for where nobody says: a small one of OpenAI's where there is one, else the first of all. */
export function codexModel(listed: readonly string[]): string | undefined {
  const gpt = listed
    .filter((name) => /(?:^|\/)gpt-\d/i.test(name))
    .sort()
    .reverse()
  return gpt.find((name) => /mini/i.test(name)) ?? gpt[0] ?? listed[0]
}

/** Whether a command line starts Codex, also by way of npx and its like. */
export function isCodex(command: readonly string[]): boolean {
  return startsProgram(command, 'codex')
}

/** Writes Codex's settings to a temporary home, since its own is somebody's. */
export async function openCodexHome(settings: CodexSettings): Promise<CodexHome> {
  const path = await mkdtemp(join(tmpdir(), 'bursar-codex-'))
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true })
  try {
    await writeFile(join(path, 'config.toml'), codexConfig(settings), { mode: 0o600 })
  } catch (error) {
    await remove()
    throw error
  }
  return { path, [Symbol.asyncDispose]: remove }
}

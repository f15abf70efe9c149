import { claudeModels } from './claude-models.js'

/** What a program has to know to use the proxy. */
export interface ProgramAccess {
  /** For example `http://127.0.0.1:8402`. */
  readonly url: string
  readonly token: string
  /** The names of the models that it may ask for. */
  readonly models: readonly string[]
  /** The longest that one answer may take. */
  readonly timeoutMs: number
}

/** The variables with which OpenAI's and Anthropic's SDKs, and Claude Code, use the proxy. */
export function programEnv({
  url,
  token,
  models,
  timeoutMs
}: ProgramAccess): Readonly<Record<string, string>> {
  return {
    OPENAI_BASE_URL: `${url}/v1`,
    OPENAI_API_KEY: token,
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: token,
    // Interactive, Claude Code asks a person about a key that is new to it, and not about a token.
    ANTHROPIC_AUTH_TOKEN: token,
    ...claudeModels(models),
    // What it waits for may be paid for: it must not give up before the proxy does.
    CLAUDE_STREAM_IDLE_TIMEOUT_MS: String(timeoutMs + 60_000)
  }
}

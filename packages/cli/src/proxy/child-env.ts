import { claudeModels } from '@bursar/proxy'
import type { Env } from '../io.js'
import { withoutSecrets } from '../process/environment.js'
import { startsProgram } from './starts-program.js'

/** Credentials and places of the programs that use the proxy: they would go elsewhere, or send a stranger's key here. */
const foreign =
  /^(?:ANTHROPIC_(?:API_KEY|AUTH_TOKEN|BASE_URL|CUSTOM_HEADERS)|CLAUDE_CODE_(?:OAUTH_TOKEN|USE_\w+)|OPENAI_(?:API_KEY|BASE_URL|ORG_ID|ORGANIZATION|PROJECT_ID|CUSTOM_HEADERS)|CODEX_API_KEY)$/

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

/** What a program that runs behind the proxy is started with. */
export interface ChildAccess {
  /** Of the proxy, for this program. */
  readonly access: Readonly<Record<string, string>>
  /** Where the proxy listens. */
  readonly url: string
  readonly models: readonly string[]
}

/**
 * Claude Code warns of two credentials, and asks at its start whether it may use a key: a token it takes as it is. So it has no
 * key.
 */
export function accessFor(
  command: readonly string[],
  { ANTHROPIC_API_KEY, ...others }: Readonly<Record<string, string>>
): Readonly<Record<string, string>> {
  const isKnown = ANTHROPIC_API_KEY === undefined || startsProgram(command, 'claude(?:-code)?')
  return isKnown ? others : { ...others, ANTHROPIC_API_KEY }
}

/** The environment of a program behind the proxy: ours, without anything by which it could ask or pay elsewhere. */
export function childEnv(env: Env, { access, url, models }: ChildAccess): Env {
  const own = Object.entries(withoutSecrets(env)).filter(([name]) => !foreign.test(name))
  const { NO_PROXY: upper, no_proxy: lower } = env
  const hosts = [...LOOPBACK, new URL(url).hostname.replace(/^\[|\]$/g, '')]
  return {
    ...Object.fromEntries(own),
    ...access,
    ...claudeModels(models, env.ANTHROPIC_MODEL),
    NO_PROXY: withHosts(upper ?? lower, hosts),
    no_proxy: withHosts(lower ?? upper, hosts)
  }
}

function withHosts(list: string | undefined, hosts: readonly string[]): string {
  const held = (list ?? '').split(',').map((host) => host.trim())
  return [...new Set([...held, ...hosts])].filter((host) => host !== '').join(',')
}

import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'

/** The services whose address can be changed, by the variable that changes it. */
const variables = {
  katana: 'KATANA_URL',
  venice: 'VENICE_URL',
  openclaw: 'OPENCLAW_URL',
  tokenhot: 'TOKENHOT_URL',
  tokenhub: 'TOKENHUB_URL'
} as const

/** Katana's own address. */
export const KATANA_URL = 'https://kat.imgnai.com'

/** A service that commands use. */
export type ServiceName = keyof typeof variables

/** Where a service is, when it is not at its own address. */
export interface ServiceEndpoint {
  readonly baseUrl?: string
}

/**
 * Where a service is: at `--url`, else where its variable says, else at its own address.
 *
 * @throws {UsageError} that names the option or variable, and its value.
 */
export function serviceEndpoint(env: Env, service: ServiceName, url: string | undefined): ServiceEndpoint {
  if (url !== undefined) return { baseUrl: checkUrl('--url', url) }
  const name = variables[service]
  const fromEnv = env[name]
  return fromEnv ? { baseUrl: checkUrl(name, fromEnv) } : {}
}

function checkUrl(source: string, url: string): string {
  if (URL.canParse(url) && /^https?:\/\//.test(url)) return url
  throw new UsageError(`${source} is "${url.slice(0, 200)}", which does not begin with https://`)
}

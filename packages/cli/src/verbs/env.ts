import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import { type ConfiguredProgram, isConfigured, programSettings } from '../proxy/program-settings.js'
import { UsageError } from '../usage-error.js'

/** A program whose variables are known. */
export type ProgramName = RelayProgram | ConfiguredProgram

/** A program that can use a relay by two variables. */
type RelayProgram = 'claude' | 'openai'
/** A relay that such a program can use directly. */
export type RelayName = keyof typeof relays

/** Where a relay is, and where it speaks which API. Paths follow the host. */
interface Relay {
  readonly host: string
  readonly openai: string
  readonly claude?: string
}

const relays = {
  openclaw: { host: 'https://token.openclaw-token.shop', openai: '/v1', claude: '' },
  tokenhot: { host: 'https://api.tokenhot.cn', openai: '/v1' },
  tokenhub: { host: 'https://tokenhub.store', openai: '/api/v1' }
} as const satisfies Readonly<Record<string, Relay>>

/** The names of the relays. */
export const relayNames = Object.keys(relays)

/** The options of `env`. */
export interface EnvOptions {
  readonly service: RelayName
  /** Of the proxy. */
  readonly port: number
  readonly model: string
  readonly json?: boolean
}

/**
 * Prints what a program needs: to use a relay directly, or a proxy that runs. It names the variable of the key and never
 * shows the key.
 *
 * @throws {UsageError}
 */
export function printEnv(context: CommandContext, program: ProgramName, options: EnvOptions): void {
  if (isConfigured(program)) printSettings(context, program, options)
  else printRelay(context, program, options)
}

function printSettings(
  context: CommandContext,
  program: ConfiguredProgram,
  { port, model, json }: EnvOptions
): void {
  const settings = programSettings(program, { url: `http://127.0.0.1:${port}`, model })
  context.out(json ? `${JSON.stringify({ program, settings })}\n` : settings)
  context.err('Start bursar proxy with BURSAR_PROXY_TOKEN, and the program with the same.\n')
}

function printRelay(context: CommandContext, program: RelayProgram, { service, json }: EnvOptions): void {
  const relay: Relay = relays[service]
  const path = relay[program]
  if (path === undefined) throw new UsageError(`${service} does not speak the API of ${program}`)
  const { baseUrl = relay.host } = serviceEndpoint(context.env, service, undefined)
  const prefix = program === 'claude' ? 'ANTHROPIC' : 'OPENAI'
  const url = `${baseUrl.replace(/\/+$/, '')}${path}`
  const env = { [`${prefix}_BASE_URL`]: url, [`${prefix}_API_KEY`]: `$${service.toUpperCase()}_API_KEY` }
  if (json) context.out(`${JSON.stringify({ program, env })}\n`)
  else for (const [name, value] of Object.entries(env)) context.out(`export ${name}="${value}"\n`)
  context.err("What the program spends is billed by the service. It is outside Bursar's limits and record.\n")
}

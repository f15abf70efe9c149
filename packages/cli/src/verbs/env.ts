import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import { UsageError } from '../usage-error.js'

/** A program whose variables are known. */
export type ProgramName = 'claude' | 'openai'
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

/** Prints what to export for a program, with the name of the key and never the key. @throws {UsageError} */
export function printEnv(
  context: CommandContext,
  program: ProgramName,
  { service }: { readonly service: RelayName }
): void {
  const relay: Relay = relays[service]
  const path = relay[program]
  if (path === undefined) throw new UsageError(`${service} does not speak the API of ${program}`)
  const { baseUrl = relay.host } = serviceEndpoint(context.env, service, undefined)
  const prefix = program === 'claude' ? 'ANTHROPIC' : 'OPENAI'
  const url = `${baseUrl.replace(/\/+$/, '')}${path}`
  context.out(`export ${prefix}_BASE_URL="${url}"\n`)
  context.out(`export ${prefix}_API_KEY="$${service.toUpperCase()}_API_KEY"\n`)
  context.err("What the program spends is billed by the service. It is outside Bursar's limits and record.\n")
}

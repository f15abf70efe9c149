import type { Price } from '@bursar/generation/openclaw'
import type { Bursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { createOpenClaw } from 'bursar/openclaw'
import { createTokenhot } from 'bursar/tokenhot'
import { createTokenHub } from 'bursar/tokenhub'
import { katanaService } from './katana-service.js'
import type { ProxyService } from './proxy-service.js'
import { type AnyRelay, relayService } from './relay-service.js'

/** The service that the proxy pays for. */
export type ProxyServiceOptions = KatanaServiceOptions | RelayServiceOptions

/** imgnAI Katana, paid by x402. */
export interface KatanaServiceOptions {
  /** Names the service. @example { name: 'katana' } */
  readonly name: 'katana'
  /** Where Katana is. Default: `https://kat.imgnai.com`. @example { baseUrl: gateway.url } */
  readonly baseUrl?: string | undefined
}

/** A relay, which bills an account. */
export interface RelayServiceOptions {
  /** Names the relay: `openclaw`, `tokenhot` or `tokenhub`. @example { name: 'openclaw' } */
  readonly name: keyof typeof relays
  /**
   * The account's key at the relay. Agents never see it.
   *
   * @example { apiKey: process.env.OPENCLAW_API_KEY }
   */
  readonly apiKey: string
  /**
   * Where the relay is. Default: the relay's own address.
   *
   * @example { baseUrl: `${gateway.url}/relays/openclaw` }
   */
  readonly baseUrl?: string | undefined
  /**
   * What models cost that the relay does not list. Default: a request for such a model is rejected with
   * `price/unknown`.
   *
   * @example { prices: { 'gpt-5-5': tokenPrice('1.25', '10.00') } }
   */
  readonly prices?: Readonly<Record<string, Price>> | undefined
}

const chat = '/chat/completions'

/** How a relay's client is made, where its API begins, and which paths it answers itself. */
const relays = {
  openclaw: {
    create: createOpenClaw,
    host: 'https://token.openclaw-token.shop',
    api: '/v1',
    paths: new Set([chat, '/messages'])
  },
  tokenhot: { create: createTokenhot, host: 'https://api.tokenhot.cn', api: '/v1', paths: new Set([chat]) },
  tokenhub: { create: createTokenHub, host: 'https://tokenhub.store', api: '/api/v1', paths: new Set([chat]) }
} as const

/** The names that `service.name` can have. */
export const serviceNames: readonly string[] = ['katana', ...Object.keys(relays)]

/** Opens a service for an agent. @throws {TypeError} when an option is malformed. */
export function openService(
  bursar: Bursar,
  options: ProxyServiceOptions,
  labels: Readonly<Record<string, string>>
): ProxyService {
  if (options.name !== 'katana') return openRelay(bursar, options, labels)
  const { baseUrl } = options
  const katana = createKatana(bursar, { billing: 'direct', ...(baseUrl === undefined ? {} : { baseUrl }) })
  return katanaService(bursar, katana)
}

function openRelay(
  bursar: Bursar,
  { name, apiKey, baseUrl, prices }: RelayServiceOptions,
  labels: Readonly<Record<string, string>>
): ProxyService {
  const { create, host, api, paths } = relays[name]
  const relay: AnyRelay = create(bursar, {
    apiKey,
    labels,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(prices === undefined ? {} : { prices })
  })
  return relayService(relay, { apiUrl: `${(baseUrl ?? host).replace(/\/+$/, '')}${api}`, paths })
}

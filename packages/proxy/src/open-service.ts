import type { Price } from '@bursar/generation/openclaw'
import type { Bursar } from 'bursar'
import { katanaService } from './katana-service.js'
import { type AnyRelay, relayService } from './relay-service.js'
import type { ProxyService } from './service.js'

/** Which service the proxy sells on. */
export type ProxyServiceOptions =
  | { readonly name: 'katana'; readonly baseUrl?: string }
  | {
      readonly name: 'openclaw' | 'tokenhot' | 'tokenhub'
      readonly apiKey: string
      readonly baseUrl?: string
      readonly prices?: Readonly<Record<string, Price>>
    }

const chat = '/chat/completions'

/** Where a relay's API begins, and what it speaks by itself. */
const relays = {
  openclaw: { host: 'https://token.openclaw-token.shop', api: '/v1', speaks: new Set([chat, '/messages']) },
  tokenhot: { host: 'https://api.tokenhot.cn', api: '/v1', speaks: new Set([chat]) },
  tokenhub: { host: 'https://tokenhub.store', api: '/api/v1', speaks: new Set([chat]) }
} as const

/** Opens a service with an agent's money. @throws {TypeError} when an option is malformed. */
export async function openService(
  bursar: Bursar,
  options: ProxyServiceOptions,
  labels: Readonly<Record<string, string>>
): Promise<ProxyService> {
  if (options.name === 'katana') {
    const { baseUrl } = options
    return katanaService(
      bursar,
      await bursar.katana({ billing: 'direct', ...(baseUrl === undefined ? {} : { baseUrl }) })
    )
  }
  const { name, ...setup } = options
  if (!Object.hasOwn(relays, name)) throw new TypeError('service is katana, openclaw, tokenhot or tokenhub')
  const { host, api, speaks } = relays[name]
  const relay = (await bursar[name]({ ...setup, labels })) as unknown as AnyRelay
  const apiUrl = `${(setup.baseUrl ?? host).replace(/\/+$/, '')}${api}`
  return relayService(relay, { apiUrl, speaks })
}

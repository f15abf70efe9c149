import type { Bursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { createOpenClaw } from 'bursar/openclaw'
import { createTokenhot } from 'bursar/tokenhot'
import { createTokenHub } from 'bursar/tokenhub'
import { katanaService } from './katana-service.js'
import type { ProxyService } from './proxy-service.js'
import { type AnyRelay, relayService } from './relay-service.js'
import type { ProxyServiceOptions, RelayServiceOptions } from './service-options.js'

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
} as const satisfies Record<RelayServiceOptions['name'], object>

/**
 * Opens a service for an agent.
 *
 * @param labels of what the agent buys.
 * @throws {TypeError} when an option is malformed.
 */
export function openService(
  bursar: Bursar,
  options: ProxyServiceOptions,
  labels: Readonly<Record<string, string>>
): ProxyService {
  if (options.name !== 'katana') return openRelay(bursar, options, labels)
  const { baseUrl, topUp, billing: textBilling = 'auto' } = options
  return katanaService({ bursar, katana: createKatana(bursar, { baseUrl, topUp }), textBilling })
}

function openRelay(
  bursar: Bursar,
  { name, apiKey, baseUrl, prices }: RelayServiceOptions,
  labels: Readonly<Record<string, string>>
): ProxyService {
  const { create, host, api, paths } = relays[name]
  const relay: AnyRelay = create(bursar, { apiKey, labels, baseUrl, prices })
  return relayService(relay, { apiUrl: `${(baseUrl ?? host).replace(/\/+$/, '')}${api}`, paths })
}

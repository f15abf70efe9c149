import type { NetworkId } from '@bursar/core'
import type { Billing, TopUpOption } from '@bursar/generation/katana'
import type { Price } from '@bursar/generation/openclaw'

/** The service that the proxy pays for. */
export type ProxyServiceOptions =
  | KatanaServiceOptions
  | RelayServiceOptions
  | VeniceServiceOptions
  | UpstreamServiceOptions

/** imgnAI Katana, paid by x402. */
export interface KatanaServiceOptions {
  /** Names the service. @example { name: 'katana' } */
  readonly name: 'katana'
  /**
   * Where Katana is. Must be https; this machine may be http. Default: `https://kat.imgnai.com`.
   *
   * @example { name: 'katana', baseUrl: gateway.url }
   */
  readonly baseUrl?: string | undefined
  /**
   * How texts are paid. `auto`: from the prepaid balance where it can pay, after a top-up where `topUp` allows one, else
   * directly, which costs some hundred times as much. `wallet`: from the balance alone. Images are paid directly. Default:
   * `auto`.
   *
   * @example { name: 'katana', billing: 'direct' }
   */
  readonly billing?: Exclude<Billing, 'key'> | undefined
  /**
   * From which network the prepaid balance is topped up: Base, or Solana's mainnet. Default: Base, as far as there is an
   * EVM account.
   *
   * @example { name: 'katana', network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp' }
   */
  readonly network?: NetworkId | undefined
  /**
   * When and how far the prepaid balance may be topped up by itself; a function is asked before each top-up. Default:
   * never.
   *
   * @example { name: 'katana', topUp: { amount: '1.00', perDay: '5.00' } }
   */
  readonly topUp?: TopUpOption | undefined
}

/** A relay, which bills an account. */
export interface RelayServiceOptions {
  /** Names the relay. @example { name: 'openclaw', apiKey } */
  readonly name: 'openclaw' | 'tokenhot' | 'tokenhub'
  /**
   * The account's key. Required.
   *
   * @example { name: 'openclaw', apiKey: process.env.OPENCLAW_API_KEY ?? '' }
   */
  readonly apiKey: string
  /**
   * Where the relay is. Must be https; this machine may be http. Default: the relay's own address.
   *
   * @example { name: 'openclaw', apiKey, baseUrl: `${gateway.url}/relays/openclaw` }
   */
  readonly baseUrl?: string | undefined
  /**
   * What models cost at most that the relay lists no price for, by the public name. Default: none, and such a model is
   * refused with `price/unknown`.
   *
   * @example { name: 'openclaw', apiKey, prices: { 'grok-4-3': tokenPrice('2.00', '8.00') } }
   */
  readonly prices?: Readonly<Record<string, Price>> | undefined
}

/** Venice, paid from its prepaid balance alone. It tells no price, so that only its top-ups are held to limits. */
export interface VeniceServiceOptions {
  /** Names the service. @example { name: 'venice' } */
  readonly name: 'venice'
  /**
   * Where Venice is. Must be https; this machine may be http. Default: `https://api.venice.ai`.
   *
   * @example { name: 'venice', baseUrl: `${gateway.url}/venice` }
   */
  readonly baseUrl?: string | undefined
  /**
   * When and how far the prepaid balance may be topped up by itself: 5 USDC at least; a function is asked before each
   * top-up. Default: never.
   *
   * @example { name: 'venice', topUp: { amount: '5', perDay: '10' } }
   */
  readonly topUp?: TopUpOption | undefined
}

/** Any service that asks to be paid by x402. Requests go through to it as they are, whatever their path. */
export interface UpstreamServiceOptions {
  /** Names it. @example { name: 'upstream', baseUrl: 'https://api.example' } */
  readonly name: 'upstream'
  /**
   * Where it is. The path of a request follows it. Must be https; this machine may be http. Required.
   *
   * @example { name: 'upstream', baseUrl: 'https://api.example' }
   */
  readonly baseUrl: string
}

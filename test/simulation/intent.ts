import { parseUsdc } from '@bursar/core'
import type { Chance } from '../chance.js'
import type { Plan } from './plan.js'

/** What somebody wants to have once. */
export interface Intent {
  readonly name: string
  /** What is asked with. Where there are two wallets, each asks for the same by itself. */
  readonly body: string
  readonly origin: string
  /** Atomic USDC. */
  readonly priceAtomic: bigint
  /** Which of the wallets pays. */
  readonly wallet: number
  readonly agent: string | undefined
  /** The caller's own name for the purchase, where it gives one. */
  readonly purchase: string | undefined
}

export const PATH = '/buy'
const HOSTS = ['seller.example', 'other.example'] as const
/** The hosts that are asked, and the names below them. */
export const SELLERS: readonly string[] = HOSTS.flatMap((host) => [host, `*.${host}`])
const PRICES = ['0.01', '0.02', '0.05'] as const

/** What everything at one place costs. */
function priceAt(pair: number): string {
  return PRICES[pair % HOSTS.length] ?? PRICES[0]
}

export function drawIntents(chance: Chance, { purchases, wallets, prices }: Plan): readonly Intent[] {
  return Array.from({ length: purchases }, (_, index): Intent => {
    const [name, pair] = [`intent-${index}`, Math.floor(index / wallets)]
    return {
      name,
      body: `thing ${pair}`,
      origin: `https://${HOSTS[pair % HOSTS.length] ?? HOSTS[0]}`,
      priceAtomic: parseUsdc(prices === 'of bodies' ? chance.pick(PRICES) : priceAt(pair)),
      wallet: index % wallets,
      agent: chance.pick(['scout', 'clerk', undefined]),
      purchase: chance.below(4) === 0 ? `order ${name}` : undefined
    }
  })
}

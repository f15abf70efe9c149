import type { Clock } from '@bursar/core'
import { BoundedMap } from '@bursar/core/bounded-map'
import type { Hex } from '../address/address.js'
import type { AccountOnChain } from './contract-question.js'

/** How long it is believed what code an address has, in milliseconds. */
const KEPT_MS = 600_000
/** How long a look that failed is not repeated. */
const FAILURE_KEPT_MS = 30_000
const MAX_KEPT = 256

/** Looks at the code of addresses, and keeps what was seen for ten minutes. */
export interface CodeLooks {
  /** What was seen last; without that, a new look. */
  kept(account: AccountOnChain): Promise<Hex>
  /** A new look. */
  fresh(account: AccountOnChain): Promise<Hex>
  /** Forgets what was seen. */
  forget(account: AccountOnChain): void
}

interface Look {
  readonly code: Promise<Hex>
  /** Unix milliseconds. */
  untilMs: number
}

/** @param read `0x` and the code's hex digits; it rejects when the chain cannot be read. */
export function createCodeLooks(clock: Clock, read: (account: AccountOnChain) => Promise<Hex>): CodeLooks {
  const looks = new BoundedMap<string, Look>(MAX_KEPT)

  function fresh(account: AccountOnChain): Promise<Hex> {
    const look: Look = { code: read(account), untilMs: clock.nowMs() + KEPT_MS }
    // Those who wait for it are told; without them, the rejection must not be unhandled.
    look.code.catch(() => {
      look.untilMs = clock.nowMs() + FAILURE_KEPT_MS
    })
    looks.set(keyOf(account), look)
    return look.code
  }

  return {
    fresh,
    kept(account) {
      const look = looks.get(keyOf(account))
      return look && clock.nowMs() < look.untilMs ? look.code : fresh(account)
    },
    forget: (account) => void looks.delete(keyOf(account))
  }
}

function keyOf({ network, address }: AccountOnChain): string {
  return `${network}/${address}`
}

import { parseUsdc } from '@bursar/core'
import type { HttpRequest } from '../server/request.js'

/** An account at a relay, with its API key. */
export interface RelayAccount {
  readonly key: string
  /** Decimal dollars to begin with. Absent: without a bound. */
  readonly usd?: string
}

/** An account, and what it has spent. Millionths of a dollar. */
export interface OpenRelayAccount {
  readonly key: string
  readonly opening: bigint | undefined
  used: bigint
}

/** The accounts of all relays. */
export class RelayAccounts {
  readonly #accounts: ReadonlyMap<string, OpenRelayAccount>

  constructor(accounts: readonly RelayAccount[]) {
    this.#accounts = new Map(
      accounts.map(({ key, usd }) => [
        key,
        { key, opening: usd === undefined ? undefined : parseUsdc(usd), used: 0n }
      ])
    )
  }

  /** The account of a bearer token; `x-api-key` does as well where a service says so. */
  of(request: HttpRequest, otherHeader?: 'x-api-key'): OpenRelayAccount | undefined {
    const [, bearer] = /^Bearer (\S+)$/i.exec(request.header('authorization') ?? '') ?? []
    const key = bearer ?? (otherHeader && request.header(otherHeader))
    return key === undefined ? undefined : this.#accounts.get(key)
  }
}

/** Takes an amount off an account; `false` when it has not that much left. */
export function charge(account: OpenRelayAccount, amount: bigint): boolean {
  if (account.opening !== undefined && account.used + amount > account.opening) return false
  account.used += amount
  return true
}

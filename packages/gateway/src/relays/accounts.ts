import { parseUsdc } from '@bursar/core'
import type { GatewayRuntime } from '../runtime.js'
import type { HttpRequest } from '../server/request.js'

/** An account at a relay, with its API key. */
export interface RelayAccount {
  readonly key: string
  /** Decimal dollars that the account starts with. Default: no limit. */
  readonly usd?: string
  /** When the key expires, in Unix milliseconds. Only its usage can be asked after that. Default: never. */
  readonly expiresAtMs?: number
}

/** An account and what it has spent, in millionths of a dollar. */
export interface OpenRelayAccount {
  readonly key: string
  /** Undefined when the account has no limit. */
  readonly openingMicroUsd: bigint | undefined
  readonly expiresAtMs: number
  usedMicroUsd: bigint
}

/** The accounts of all relays. */
export class RelayAccounts {
  readonly #accounts: ReadonlyMap<string, OpenRelayAccount>

  readonly #runtime: Pick<GatewayRuntime, 'nowMs'>

  constructor(accounts: readonly RelayAccount[], runtime: Pick<GatewayRuntime, 'nowMs'>) {
    this.#runtime = runtime
    this.#accounts = new Map(
      accounts.map(({ key, usd, expiresAtMs = Number.POSITIVE_INFINITY }) => {
        const openingMicroUsd = usd === undefined ? undefined : parseUsdc(usd)
        return [key, { key, openingMicroUsd, expiresAtMs, usedMicroUsd: 0n }]
      })
    )
  }

  /** The account of a request's key, unless the key has expired. */
  find(request: HttpRequest, otherHeader?: 'x-api-key'): OpenRelayAccount | undefined {
    const account = this.findEvenExpired(request, otherHeader)
    return account && account.expiresAtMs > this.#runtime.nowMs() ? account : undefined
  }

  /** The account of a request's bearer token, or of another header that the service also accepts. */
  findEvenExpired(request: HttpRequest, otherHeader?: 'x-api-key'): OpenRelayAccount | undefined {
    const [, bearer] = /^Bearer (\S+)$/i.exec(request.header('authorization') ?? '') ?? []
    const key = bearer ?? (otherHeader && request.header(otherHeader))
    return key === undefined ? undefined : this.#accounts.get(key)
  }
}

/** Charges an account. Returns false, and charges nothing, when it has too little left. */
export function charge(account: OpenRelayAccount, microUsd: bigint): boolean {
  const { openingMicroUsd, usedMicroUsd } = account
  if (openingMicroUsd !== undefined && usedMicroUsd + microUsd > openingMicroUsd) return false
  account.usedMicroUsd += microUsd
  return true
}

/** Millionths of a dollar as a JSON number of dollars. */
export function toUsd(microUsd: bigint): number {
  return Number(microUsd) / 1_000_000
}

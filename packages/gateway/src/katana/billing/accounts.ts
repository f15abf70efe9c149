import type { HttpRequest } from '../../server/request.js'
import { type CreditUnits, parseCredits } from '../catalogue/credits.js'

/** An account that the gateway keeps. */
export interface KatanaAccount {
  readonly key: string
  readonly secret: string
  /** Decimal credits to begin with. */
  readonly credits: string
}

/** An account that a request has authenticated for. */
export interface OpenAccount {
  readonly key: string
  readonly opening: CreditUnits
}

/** What the credentials of a request come to. */
export type Credentials = OpenAccount | 'none' | 'lone' | 'unknown'

/** The accounts that the gateway was started with. */
export class Accounts {
  readonly #accounts: ReadonlyMap<string, KatanaAccount & OpenAccount>

  /** @throws {TypeError} when two have one key, or a key holds a colon. */
  constructor(accounts: readonly KatanaAccount[]) {
    for (const { key } of accounts) {
      if (key.includes(':')) throw new TypeError('An API key holds no colon')
    }
    if (new Set(accounts.map(({ key }) => key)).size < accounts.length) {
      throw new TypeError('Two accounts have one API key')
    }
    this.#accounts = new Map(
      accounts.map((account) => [account.key, { ...account, opening: parseCredits(account.credits) }])
    )
  }

  /** Reads the credentials of a request: the pair of headers, or one bearer token (Katana 19 and 20). */
  read(request: HttpRequest): Credentials {
    const pair = pairOf(request)
    if (pair === 'none' || pair === 'lone') return pair
    const [key, secret] = pair
    const account = this.#accounts.get(key)
    return account?.secret === secret ? { key, opening: account.opening } : 'unknown'
  }
}

function pairOf(request: HttpRequest): readonly [key: string, secret: string] | 'none' | 'lone' {
  const key = request.header('x-api-key')
  const secret = request.header('x-api-secret')
  if (key !== undefined && secret !== undefined) return [key, secret]
  const authorization = request.header('authorization')
  // At the first colon: a secret may hold more of them.
  const [, bearerKey, bearerSecret] = /^Bearer ([^:]+):(.+)$/i.exec(authorization ?? '') ?? []
  if (bearerKey !== undefined && bearerSecret !== undefined) return [bearerKey, bearerSecret]
  return key === undefined && secret === undefined && authorization === undefined ? 'none' : 'lone'
}

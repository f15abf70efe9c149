import type { HttpRequest } from '../../server/request.js'
import { type CreditUnits, parseCredits } from '../catalogue/credits.js'

/** An account at the gateway's Katana, with its API key. */
export interface KatanaAccount {
  readonly key: string
  readonly secret: string
  /** Decimal credits that the account starts with. */
  readonly credits: string
}

/** The account that a request is authenticated for. */
export interface AuthenticatedAccount {
  readonly key: string
  readonly openingCredits: CreditUnits
}

/** The credentials of a request: an account, or why there is none. `lone` is half of a key and secret pair. */
export type Credentials = AuthenticatedAccount | 'none' | 'lone' | 'unknown'

/** The accounts that the gateway was started with. */
export class Accounts {
  readonly #accounts: ReadonlyMap<string, AuthenticatedAccount & { readonly secret: string }>

  /** @throws {TypeError} when two accounts have one key, or a key contains a colon. */
  constructor(accounts: readonly KatanaAccount[]) {
    if (accounts.some(({ key }) => key.includes(':')))
      throw new TypeError('An API key must not contain a colon')
    if (new Set(accounts.map(({ key }) => key)).size < accounts.length)
      throw new TypeError('Two accounts have the same API key')
    this.#accounts = new Map(
      accounts.map(({ key, secret, credits }) => [
        key,
        { key, secret, openingCredits: parseCredits(credits) }
      ])
    )
  }

  /** Reads the credentials of a request: the pair of headers, or one bearer token (Katana 19 and 20). */
  read(request: HttpRequest): Credentials {
    const pair = pairOf(request)
    if (typeof pair === 'string') return pair
    const account = this.#accounts.get(pair.key)
    if (account?.secret !== pair.secret) return 'unknown'
    return { key: account.key, openingCredits: account.openingCredits }
  }
}

function pairOf(request: HttpRequest): { readonly key: string; readonly secret: string } | 'none' | 'lone' {
  const key = request.header('x-api-key')
  const secret = request.header('x-api-secret')
  if (key !== undefined && secret !== undefined) return { key, secret }
  const authorization = request.header('authorization')
  // Splits at the first colon, because a secret may contain more of them.
  const [, bearerKey, bearerSecret] = /^Bearer ([^:]+):(.+)$/i.exec(authorization ?? '') ?? []
  if (bearerKey !== undefined && bearerSecret !== undefined) return { key: bearerKey, secret: bearerSecret }
  return key === undefined && secret === undefined && authorization === undefined ? 'none' : 'lone'
}

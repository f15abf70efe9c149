import type { BursarFetch } from '@bursar/fetch'
import type { KatanaSetup, PaidKatana } from './katana.js'

/** Origins of Katana whose texts are paid from a prepaid balance, each with how it is kept. */
export type PrepaidOrigins = Readonly<Record<string, Omit<KatanaSetup, 'baseUrl'>>>

/** What asks for text, whose unused reserve comes back to a balance. */
const TEXT_PATH = '/v1/chat/completions'

/**
 * Sends texts to the balance of their origin, and everything else on as it is: images and videos are paid directly, and
 * whoever brings a key of an account is billed there.
 *
 * @throws {TypeError} when an origin is none.
 */
export function routeToBalances(
  pay: BursarFetch,
  origins: PrepaidOrigins,
  open: (setup: KatanaSetup) => Promise<PaidKatana>
): BursarFetch {
  const opened = new Map<string, Promise<PaidKatana>>()
  const setups = new Map(Object.entries(origins).map(([text, setup]) => [new URL(text).origin, setup]))
  const balanceOf = (origin: string, setup: Omit<KatanaSetup, 'baseUrl'>): Promise<PaidKatana> => {
    const katana = opened.get(origin) ?? open({ ...setup, baseUrl: origin })
    opened.set(origin, katana)
    katana.catch(() => opened.delete(origin))
    return katana
  }
  return async (input, init = {}) => {
    const text = typeof input === 'object' && 'url' in input ? input.url : String(input)
    const url = URL.canParse(text) ? new URL(text) : undefined
    const setup = url?.pathname === TEXT_PATH ? setups.get(url.origin) : undefined
    if (!url || !setup || bringsCredentials(input, init)) return pay(input, init)
    const { balance } = await balanceOf(url.origin, setup)
    return balance.fetch(input, init)
  }
}

/** SDKs insist on a key: the placeholder is none. */
function bringsCredentials(input: string | URL | Request, init: RequestInit): boolean {
  const given = init.headers ?? (typeof input === 'object' && 'headers' in input ? input.headers : undefined)
  const headers = new Headers(given)
  const bearer = headers.get('authorization') ?? 'Bearer x402'
  return headers.has('x-api-key') || headers.has('x-sign-in-with-x') || !/^Bearer x402$/i.test(bearer)
}

import { atomicUsdc, parseDecimal, parseUsdc } from '../amount/atomic.js'
import { RATE_DECIMALS } from '../amount/cost.js'
import { bursarErrorOf } from '../error/bursar-error-of.js'
import { findNetwork } from '../network/network-names.js'
import { type OptionCheck, recordOf, shown } from './check-options.js'

/** One of a few values. */
export function oneOf(...allowed: readonly (string | boolean)[]): OptionCheck {
  const words = allowed.map((each) => (typeof each === 'string' ? `'${each}'` : String(each))).join(' or ')
  return (value, path) => {
    if (!allowed.some((each) => each === value))
      throw new TypeError(`${path} must be ${words}, not ${shown(value)}`)
  }
}

/** A list, each entry of which is checked. */
export function listOf(check: OptionCheck): OptionCheck {
  return (value, path) => {
    if (!Array.isArray(value)) throw new TypeError(`${path} must be a list, not ${shown(value)}`)
    for (const [index, each] of value.entries()) check(each, `${path}[${index}]`)
  }
}

/** A list or one of a few words: `payees: ['0x…']` or `payees: 'pin'`. */
export function listOr(check: OptionCheck, ...words: readonly string[]): OptionCheck {
  const [list, word] = [listOf(check), oneOf(...words)]
  return (value, path) => (Array.isArray(value) ? list : word)(value, path)
}

/** A function. */
export const checkFunction: OptionCheck = (value, path) => {
  if (typeof value !== 'function') throw new TypeError(`${path} must be a function, not ${shown(value)}`)
}

/** Something made by a function of ours or of the user's, such as a ledger: an object. */
export const checkObject: OptionCheck = (value, path) => {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${path} must be an object, not ${shown(value)}`)
}

/** An object, or a function that is asked for one. */
export const checkObjectOrFunction: OptionCheck = (value, path) => {
  if (typeof value !== 'function') checkObject(value, path)
}

/** An object with these functions, such as a clock. */
function objectWith(...names: readonly string[]): OptionCheck {
  return (value, path) => {
    checkObject(value, path)
    const missing = names.find((name) => typeof Reflect.get(value as object, name) !== 'function')
    if (missing !== undefined) throw new TypeError(`${path} has no function ${missing}`)
  }
}

/** A promise, or another object with a `then`. */
export const checkPromise: OptionCheck = (value, path) => {
  if (typeof value !== 'object' || value === null || !('then' in value) || typeof value.then !== 'function')
    throw new TypeError(`${path} must be a promise, not ${shown(value)}`)
}

/** A clock. */
export const checkClock: OptionCheck = objectWith('nowMs', 'sleep')

/** A ledger. */
export const checkLedger: OptionCheck = objectWith('reserve', 'recordEvent', 'resume')

/** `true` or `false`. */
export const checkFlag: OptionCheck = oneOf(true, false)

/** Text that is not empty. Its value is not shown, since it may be a secret. */
export const checkText: OptionCheck = (value, path) => {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${path} must be text that is not empty`)
}

/** Text, possibly empty, that every store can keep unchanged and distinguish from any other. */
export const checkStorableText: OptionCheck = (value, path) => {
  if (typeof value !== 'string') throw new TypeError(`${path} must be text, not ${shown(value)}`)
  if (unstorable.test(value)) throw new TypeError(`${path} holds a NUL or half of a surrogate pair`)
}

/**
 * A name of the caller's, by which something is found again: what was meant for nothing (an unset variable) or for another
 * (a blank beside it) is not taken for a name.
 */
export const checkName: OptionCheck = (value, path) => {
  checkStorableText(value, path)
  if (String(value).trim() !== value || value === '')
    throw new TypeError(
      `${path} must be text that is not empty, without blanks around it, not ${shown(value)}`
    )
}

/** With the flag `u`, a surrogate is matched only where it stands alone. */
const unstorable = /[\0\p{Surrogate}]/u

/** An amount of USDC: decimal text, or atomic units. */
export const checkUsdcAmount: OptionCheck = (value, path) => {
  withPath(path, () => {
    if (typeof value === 'string') parseUsdc(value)
    else if (typeof value === 'bigint') atomicUsdc(value)
    else throw new TypeError(`${path} must be decimal text, such as '0.25', not ${shown(value)}`)
  })
}

/** What one unit of a token is worth in dollars: decimal text, more than zero. */
export const checkRate: OptionCheck = (value, path) => {
  withPath(path, () => {
    if (typeof value !== 'string' || parseDecimal(value, RATE_DECIMALS) === 0n)
      throw new TypeError(`${path} must be dollars for one unit, such as '1.08', not ${shown(value)}`)
  })
}

/** Says of which option an amount is malformed. */
function withPath(path: string, check: () => void): void {
  try {
    check()
  } catch (error) {
    const malformed = bursarErrorOf(error, 'amount/malformed')
    throw malformed ? new TypeError(`${path}: ${malformed.message}`) : error
  }
}

/** A whole number within bounds. */
export function wholeNumberFrom(least: number, most: number): OptionCheck {
  return (value, path) => {
    if (!Number.isInteger(value) || Number(value) < least || Number(value) > most)
      throw new TypeError(`${path} must be a whole number from ${least} to ${most}, not ${shown(value)}`)
  }
}

/** The CAIP-2 id of a network, such as `eip155:8453`. */
export const checkNetworkId: OptionCheck = (value, path) => {
  if (typeof value === 'string' && caip2.test(value)) return
  const meant =
    typeof value === 'string' || typeof value === 'number' ? findNetwork(String(value)) : undefined
  const help = meant ? `did you mean '${meant.id}'?` : "write its CAIP-2 id, such as 'eip155:8453' for Base"
  throw new TypeError(`${path}: ${shown(value)} is not a network; ${help}`)
}

/** Ids of EVM and Solana networks must have their own shape, others that of CAIP-2. */
const caip2 =
  /^(?:eip155:[1-9]\d{0,31}|solana:[1-9A-HJ-NP-Za-km-z]{32}|(?!eip155:|solana:)[-a-z0-9]{3,8}:[-\w]{1,32})$/

/** An account or a token: `0x` and 40 hex digits, or what an address of Solana is in base58. */
export const checkAddress: OptionCheck = (value, path) => {
  if (typeof value !== 'string' || !/^(?:0x[\da-fA-F]{40}|[1-9A-HJ-NP-Za-km-z]{32,44})$/.test(value))
    throw new TypeError(`${path} must be an address, '0x…' or base58, not ${shown(value)}`)
}

/** A host, in any letter case, with its port if it has one of its own: `kat.imgnai.com`, `127.0.0.1:8402`. */
export const checkHost: OptionCheck = (value, path) => {
  const spelt = typeof value === 'string' ? hostOf(value) : undefined
  if (spelt !== undefined && spelt === String(value).toLowerCase()) return
  const help = spelt
    ? `did you mean '${spelt}'?`
    : "write it without scheme and path, such as 'kat.imgnai.com'"
  throw new TypeError(`${path}: ${shown(value)} is not a host; ${help}`)
}

/** A {@link checkHost}, or all hosts under a domain: `*.example.com`. */
export const checkHostPattern: OptionCheck = (value, path) => {
  checkHost(typeof value === 'string' && value.startsWith('*.') ? value.slice(2) : value, path)
}

/** An http or https URL, as text or `URL`. Its value is not shown, since it may hold a key. */
export const checkHttpUrl: OptionCheck = (value, path) => {
  const url = urlOf(value instanceof URL ? value.href : value)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new TypeError(`${path} must be a URL, such as 'https://example.com' (its value is not shown)`)
}

/** RPC endpoints by network: one URL, or several in order. */
export const checkRpcUrls: OptionCheck = recordOf((value, path) => {
  if (Array.isArray(value) && value.length === 0) throw new TypeError(`${path} must have at least one URL`)
  if (Array.isArray(value)) listOf(checkHttpUrl)(value, path)
  else checkHttpUrl(value, path)
}, checkNetworkId)

function hostOf(value: string): string | undefined {
  return urlOf(value.includes('://') ? value : `https://${value}`)?.host || undefined
}

function urlOf(value: unknown): URL | undefined {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
}

import { shortText } from './wire/short-text.js'

/** The most characters of a wallet's words that are kept. */
const MAX_LENGTH = 200
/** More than anybody reads of a message, and few enough to be searched at once. */
const MAX_SEARCHED = 4_000

/** RPC URLs carry keys in their paths, queries and user names. */
const urls = /\b(?:https?|wss?):\/\/[^\s"'<>)\]]*/gi
/** A key, a signature or a payment header: hex, base58, base64. */
const longRuns = /(?:0x)?[\w+/=-]{60,}/g
/** A credential that is named as one. */
const credentials =
  /\b(api[-_ ]?key|authorization|bearer|mnemonic|password|secret|token)(["']?\s*[:=]\s*|\s+)\S+/gi

/**
 * What a wallet said when it refused, as one short line: without the paths of URLs, and without anything that is long
 * enough to be a key, a signature or a payment.
 *
 * @param thrown whatever the wallet threw. viem's and ethers' errors hold the request in their `message`, so that the
 * `shortMessage` is preferred.
 * @returns `undefined` when it said nothing.
 */
export function walletWords(thrown: unknown): string | undefined {
  const said =
    typeof thrown === 'string' ? thrown : (textOf(thrown, 'shortMessage') ?? textOf(thrown, 'message'))
  const shown = said
    ?.slice(0, MAX_SEARCHED)
    .replace(urls, hostOf)
    .replace(longRuns, '…')
    .replace(credentials, '$1 …')
  return shortText(shown, MAX_LENGTH)
}

function textOf(thrown: unknown, field: 'shortMessage' | 'message'): string | undefined {
  try {
    const value: unknown = Reflect.get(Object(thrown), field)
    return typeof value === 'string' && value !== '' ? value : undefined
  } catch {
    // A getter that throws must not hide where the money is.
    return undefined
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '…'
}

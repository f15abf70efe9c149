import type { NetworkId } from '@bursar/core'
import { readSignInFields, type SignInFields } from './sign-in-fields.js'

/** A parsed sign-in text. */
export interface SignInText {
  readonly fields: SignInFields
  /** The chain's id without its namespace. */
  readonly reference: string
  readonly address: string
}

/**
 * Writes the text that a wallet signs: EIP-4361 on EVM, and its counterpart on Solana.
 *
 * @see EIP-4361, "Message Format"; x402 sign-in-with-x, "Message Format"
 */
export function formatSignIn(fields: SignInFields, network: NetworkId, address: string): string {
  const [namespace, reference] = network.split(':')
  const isEvm = namespace === 'eip155'
  const { statement, expirationTime, notBefore, requestId, resources } = fields
  const lines = [
    `${fields.domain} wants you to sign in with your ${isEvm ? 'Ethereum' : 'Solana'} account:`,
    address,
    ''
  ]
  if (statement !== undefined) lines.push(statement, '')
  // Where there is no statement EIP-4361 keeps its empty line, and the counterpart does not.
  else if (isEvm) lines.push('')
  lines.push(
    `URI: ${fields.uri}`,
    `Version: ${fields.version}`,
    `Chain ID: ${reference}`,
    `Nonce: ${fields.nonce}`,
    `Issued At: ${fields.issuedAt}`
  )
  if (expirationTime !== undefined) lines.push(`Expiration Time: ${expirationTime}`)
  if (notBefore !== undefined) lines.push(`Not Before: ${notBefore}`)
  if (requestId !== undefined) lines.push(`Request ID: ${requestId}`)
  if (resources !== undefined && (isEvm || resources.length > 0)) lines.push('Resources:')
  for (const resource of resources ?? []) lines.push(`- ${resource}`)
  return lines.join('\n')
}

const evmText = new RegExp(
  [
    '^(?<domain>\\S+) wants you to sign in with your Ethereum account:',
    '(?<address>0x[0-9a-fA-F]{40})',
    '',
    '(?:(?<statement>.+)\n)?',
    'URI: (?<uri>\\S+)',
    'Version: (?<version>\\S+)',
    'Chain ID: (?<reference>\\d{1,20})',
    'Nonce: (?<nonce>\\S+)',
    'Issued At: (?<issuedAt>\\S+)(?:',
    'Expiration Time: (?<expirationTime>\\S+))?(?:',
    'Not Before: (?<notBefore>\\S+))?(?:',
    'Request ID: (?<requestId>\\S+))?(?<resources>(?:',
    'Resources:)(?:',
    '- \\S+)*)?$'
  ].join('\n')
)

/**
 * Parses an EIP-4361 text; `undefined` when it is none. The parsed fields must format to exactly the same text.
 *
 * @see EIP-4361, "ABNF Message Format"
 */
export function parseEvmSignIn(text: string): SignInText | undefined {
  const { address, reference, resources, ...plain } = evmText.exec(text)?.groups ?? {}
  if (address === undefined || reference === undefined) return undefined
  const lists = resources === undefined ? {} : { resources: resources.split('\n- ').slice(1) }
  const given = Object.entries({ ...plain, ...lists }).filter(([, value]) => value !== undefined)
  const fields = readSignInFields(Object.fromEntries(given))
  if (typeof fields === 'string') return undefined
  return formatSignIn(fields, `eip155:${reference}`, address) === text
    ? { fields, reference, address }
    : undefined
}

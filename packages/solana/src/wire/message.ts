import type { Address } from '../address/address.js'
import { shortLength } from './byte-reader.js'
import type { AccountUse, Instruction } from './instruction.js'

/** A message and the offsets of its parts. */
export interface Message {
  readonly bytes: Uint8Array
  /** Fee payer first; the first {@link signers} of them sign. */
  readonly accounts: readonly Address[]
  readonly signers: number
  /** Offset of the blockhash. */
  readonly blockhashAt: number
  /** Offset of each instruction's data. */
  readonly dataAt: readonly number[]
}

interface Use {
  readonly address: Address
  signs: boolean
  writable: boolean
}

/**
 * Builds a v0 message without lookup tables: the fee payer first, then the accounts in the order in which the
 * instructions name them, sorted by what they may do.
 *
 * @see https://solana.com/docs/core/transactions, "Message"
 */
export function buildMessage(
  feePayer: Address,
  instructions: readonly Instruction[],
  blockhash: Uint8Array
): Message {
  const uses = sortUses(collectUses(feePayer, instructions))
  const accounts = uses.map(({ address }) => address)
  const indexes = new Map(accounts.map(({ text }, index) => [text, index]))
  const indexOf = ({ text }: Address): number => indexes.get(text) ?? 0
  const count = (kind: (use: Use) => boolean): number => uses.filter(kind).length
  const signers = count(({ signs }) => signs)
  const readonlySigners = count(({ signs, writable }) => signs && !writable)
  const readonlyOthers = count(({ signs, writable }) => !signs && !writable)
  const bytes: number[] = [0x80, signers, readonlySigners, readonlyOthers, ...shortLength(accounts.length)]
  for (const { bytes: account } of accounts) bytes.push(...account)
  const blockhashAt = bytes.length
  bytes.push(...blockhash, ...shortLength(instructions.length))
  const dataAt = instructions.map(({ program, accounts: used, data }) => {
    bytes.push(indexOf(program), ...shortLength(used.length), ...used.map(({ address }) => indexOf(address)))
    bytes.push(...shortLength(data.length))
    const at = bytes.length
    bytes.push(...data)
    return at
  })
  bytes.push(0)
  return { bytes: Uint8Array.from(bytes), accounts, signers, blockhashAt, dataAt }
}

function collectUses(feePayer: Address, instructions: readonly Instruction[]): Use[] {
  const uses = new Map<string, Use>()
  const add = ({ address, signs, writable }: AccountUse): void => {
    const known = uses.get(address.text)
    if (!known) uses.set(address.text, { address, signs, writable })
    else {
      known.signs ||= signs
      known.writable ||= writable
    }
  }
  add({ address: feePayer, signs: true, writable: true })
  for (const { program, accounts } of instructions) {
    add({ address: program, signs: false, writable: false })
    for (const account of accounts) add(account)
  }
  return [...uses.values()]
}

/** Signers before others, and among each the writable first. Sorting is stable, so the fee payer stays first. */
function sortUses(uses: readonly Use[]): Use[] {
  const rank = ({ signs, writable }: Use): number => (signs ? 0 : 2) + (writable ? 0 : 1)
  return uses.toSorted((a, b) => rank(a) - rank(b))
}

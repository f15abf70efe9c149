import { type Connection, PublicKey, type VersionedTransaction } from '@solana/web3.js'
import type { SubmittedPayment } from '../facilitator.js'
import type { CheckContext, Instruction } from './context.js'
import { readPayload } from './payload.js'

/** What the facilitator adds to a payment before it is checked. */
interface Surroundings {
  readonly connection: Connection
  readonly network: string
  readonly ownKeys: readonly PublicKey[]
}

/** Reads everything that the checks look at. Undefined when an address or the payload cannot be read. */
export function buildCheckContext(
  payment: SubmittedPayment,
  surroundings: Surroundings
): CheckContext | undefined {
  const payload = readPayload(payment)
  const { requirements, dialect } = payment
  const mint = readKey(requirements.asset)
  const payTo = readKey(requirements.payTo)
  const named = requirements.extra.feePayer
  const feePayer = named === undefined ? payTo : readKey(named)
  if (!payload || !mint || !payTo || !feePayer) return undefined
  const { transaction, payer } = payload
  const instructions = instructionsOf(transaction)
  return {
    ...surroundings,
    requirements,
    dialect,
    transaction,
    instructions,
    payer,
    mint,
    payTo,
    feePayer
  }
}

function instructionsOf({ message }: VersionedTransaction): Instruction[] {
  return message.compiledInstructions.map(({ programIdIndex, accountKeyIndexes, data }) => ({
    program: keyAt(message.staticAccountKeys, programIdIndex),
    accounts: accountKeyIndexes.map((index) => keyAt(message.staticAccountKeys, index)),
    data: Buffer.from(data)
  }))
}

/** An index into a lookup table becomes the default key. A check of its own rejects lookup tables. */
function keyAt(keys: readonly PublicKey[], index: number): PublicKey {
  return keys[index] ?? PublicKey.default
}

function readKey(text: unknown): PublicKey | undefined {
  try {
    return new PublicKey(String(text))
  } catch {
    return undefined
  }
}

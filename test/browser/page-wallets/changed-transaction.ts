/** What wallets of Solana make of a transaction before they sign it, done with web3.js in Node. */
import {
  ComputeBudgetProgram,
  MessageV0,
  type PublicKey,
  SystemProgram,
  type TransactionInstruction
} from '@solana/web3.js'
import { changed } from '../../../packages/solana/test/changed-message.js'

type Instructions = TransactionInstruction[]

/** What facilitators take, besides assertions of Lighthouse, a program that the local chain has not. */
export const harmless = {
  'raises the price of compute': (all: Instructions) =>
    all.with(1, ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 50_000 })),
  'raises the limit of compute': (all: Instructions) =>
    all.with(0, ComputeBudgetProgram.setComputeUnitLimit({ units: 150_000 }))
} as const

/** What they refuse, or what would pay for something else. */
export const refused = {
  'puts a priority fee before all others': (all: Instructions) => [
    ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 50_000 }),
    ...all
  ],
  'adds a second limit of compute': (all: Instructions) => [
    ...all,
    ComputeBudgetProgram.setComputeUnitLimit({ units: 150_000 })
  ],
  'puts the price before the limit': ([limit, price, ...rest]: Instructions) =>
    [price, limit, ...rest].filter((instruction) => instruction !== undefined),
  'asks for a price that no facilitator pays': (all: Instructions) =>
    all.with(1, ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 5_000_001 })),
  'adds a tip': (all: Instructions) => {
    const owner = ownerIn(all)
    return [...all, SystemProgram.transfer({ fromPubkey: owner, toPubkey: owner, lamports: 1n })]
  },
  'pays twice': (all: Instructions) => [...all, ...all.slice(2, 3)]
} as const

/** Who owns the tokens: the last account of the transfer. */
function ownerIn(all: Instructions): PublicKey {
  const owner = all[2]?.keys[3]?.pubkey
  if (!owner) throw new TypeError('There is no transfer')
  return owner
}

/** Makes the change of a name to a message's bytes. */
export function changeMessage(change: string, message: number[]): number[] {
  const changes: Readonly<Record<string, (all: Instructions) => Instructions>> = { ...harmless, ...refused }
  const make = changes[change]
  if (!make) throw new TypeError(`Nothing is called ${change}`)
  return [...changed(MessageV0.deserialize(Uint8Array.from(message)), make).serialize()]
}

import { type Asset, type SignedSweep, SOLANA_MAINNET } from '@bursar/core'
import { type SolanaChain, startSolana } from '@bursar/localchain/solana'
import { Keypair, VersionedTransaction } from '@solana/web3.js'
import bs58 from 'bs58'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSolanaSweeper } from './solana-sweeper.js'

let chain: SolanaChain
beforeAll(async () => {
  chain = await startSolana({ slotTimeMs: 100, engine: 'surfpool' })
})
afterAll(() => chain.stop())

/** A signed sweep of 5 USDC that a node would take. */
async function newSweep() {
  const [owner, to] = [Keypair.generate(), Keypair.generate().publicKey.toBase58()]
  const from = owner.publicKey.toBase58()
  await chain.fundSol(from)
  await chain.mint(from, 5_000_000n)
  const sweeper = createSolanaSweeper({
    account: bs58.encode(owner.secretKey),
    rpcUrls: { [SOLANA_MAINNET]: chain.rpcUrl }
  })
  const asset: Asset = {
    ...{ network: SOLANA_MAINNET, address: chain.usdc, symbol: 'USDC', decimals: 6, currency: 'USD' }
  }
  const signed = await sweeper.sign(await sweeper.plan({ network: SOLANA_MAINNET, asset, to }))
  return { owner, from, to, signed, send: (each: SignedSweep) => sweeper.send(each, { isAgain: false }) }
}

type Sweep = Awaited<ReturnType<typeof newSweep>>

/** The transaction with a change, signed anew where its owner is given. */
function changed(
  { signed }: Sweep,
  change: (transaction: VersionedTransaction) => void,
  signer?: Keypair
): SignedSweep {
  const transaction = VersionedTransaction.deserialize(Buffer.from(signed.bytes, 'base64'))
  change(transaction)
  if (signer) transaction.sign([signer])
  const [first = expect.unreachable()] = transaction.signatures
  return {
    ...signed,
    transaction: bs58.encode(first),
    bytes: Buffer.from(transaction.serialize()).toString('base64')
  }
}

/** What a node checks before it passes a transaction on, and what it says. */
const refusals: readonly [what: string, spoil: (sweep: Sweep) => Promise<SignedSweep>, words: RegExp][] = [
  [
    'a block that nobody knows',
    async (sweep) =>
      changed(
        sweep,
        ({ message }) => {
          message.recentBlockhash = Keypair.generate().publicKey.toBase58()
        },
        sweep.owner
      ),
    /blockhash not found/i
  ],
  [
    'a signature of somebody else',
    async (sweep) => changed(sweep, ({ signatures }) => signatures[0]?.reverse()),
    /signature verification/i
  ],
  [
    'money that is gone by now',
    async (sweep) => {
      await chain.setBalance(sweep.from, 0n)
      return sweep.signed
    },
    /simulation failed|insufficient funds/i
  ],
  [
    'a payer that has never had SOL',
    async (sweep) => {
      const poor = Keypair.generate()
      const others = await newSweep()
      const { bytes, transaction } = changed(
        others,
        ({ message }) => {
          message.staticAccountKeys[0] = poor.publicKey
        },
        poor
      )
      return { ...sweep.signed, bytes, transaction }
    },
    /simulation failed|insufficient (?:funds|lamports)|prior credit/i
  ]
]

describe('a sweep that a Solana node refuses', () => {
  test.each(refusals)('for %s moved nothing, and says so', async (_, spoil, words) => {
    const sweep = await newSweep()
    expect(await sweep.send(await spoil(sweep))).toEqual({
      status: 'rejected',
      reason: expect.stringMatching(words)
    })
    expect(await chain.balanceOf(sweep.to)).toBe(0n)
  })

  test('because it has it already has landed', async () => {
    const { send, signed, to } = await newSweep()
    for (const _ of [1, 2]) expect(await send(signed)).toMatchObject({ status: 'landed' })
    expect(await chain.balanceOf(to)).toBe(5_000_000n)
  })
})

import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { bursarErrorOf, katana, type SignedPayment } from '@bursar/core'
import { verifyAsync } from '@noble/ed25519'
import { createKeyPairSignerFromBytes } from '@solana/kit'
import { getAssociatedTokenAddressSync } from '@solana/spl-token'
import { Keypair, MessageV0, PublicKey, TransactionMessage } from '@solana/web3.js'
import bs58 from 'bs58'
import { describe, expect, it } from 'vitest'
import { changed, lighthouse } from '../../test/changed-message.js'
import { FACILITATOR, offerOf } from '../../test/offers.js'
import { pay, transactionOf, USDC } from '../../test/paying.js'
import { startScriptedChain } from '../../test/scripted-chain.js'
import {
  anchorWallet,
  injectedWallet,
  instanceWallet,
  signBytes,
  standardWallet
} from '../../test/wallets.js'
import type { SolanaAccount, SolanaKitModifyingSigner, SolanaKitSigner, SolanaWallet } from '../index.js'
import type { WalletTransaction } from './wallet-transaction.js'

const keypair = Keypair.generate()
const kitSigner = await createKeyPairSignerFromBytes(keypair.secretKey)
const modifyingSigner: SolanaKitModifyingSigner = {
  address: kitSigner.address,
  modifyAndSignTransactions: async (transactions) =>
    Promise.all(
      transactions.map(async (transaction) => ({
        ...transaction,
        signatures: {
          ...transaction.signatures,
          [kitSigner.address]: signBytes(keypair, Uint8Array.from(transaction.messageBytes))
        }
      }))
    )
}

async function payBy(account: SolanaAccount): Promise<SignedPayment> {
  return pay((await startScriptedChain()).payerOf(account))
}

const accounts: [string, SolanaAccount][] = [
  ['a secret key', bs58.encode(keypair.secretKey)],
  ['a web3.js Keypair', keypair],
  ['a wallet of the Wallet Standard', standardWallet(keypair)],
  ["a wallet that signs with a key pair of its own, like Anchor's", anchorWallet(keypair)],
  ['a wallet that asks for an instance of its class', instanceWallet(keypair)],
  ['an injected wallet that adds its signature', injectedWallet(keypair)],
  ["kit's KeyPairSigner", kitSigner],
  ['a kit signer that gives back whole transactions', modifyingSigner]
]

describe('an account', () => {
  it.each(accounts)('%s signs as token owner only, and leaves the fee payer its slot', async (_, account) => {
    const payment = await payBy(account)
    const { signatures, message } = transactionOf(payment)
    expect(message.staticAccountKeys.slice(0, 2).map(String)).toEqual([
      FACILITATOR,
      keypair.publicKey.toBase58()
    ])
    expect(signatures[0]).toEqual(new Uint8Array(64))
    const signature = signatures[1] ?? new Uint8Array()
    expect(
      await verifyAsync(signature, message.serialize(), keypair.publicKey.toBytes(), { zip215: false })
    ).toBe(true)
    const reference = bs58.encode(createHash('sha256').update(message.serialize()).digest())
    expect(payment).toMatchObject({ payer: keypair.publicKey.toBase58(), reference })
  })
})

const stranger = Keypair.generate()

it('X122: a payee that is a program account, which is on no curve, is paid at its token account', async () => {
  const [owned] = PublicKey.findProgramAddressSync([Buffer.from('payee')], PublicKey.default)
  expect(PublicKey.isOnCurve(owned.toBytes())).toBe(false)
  const payment = await pay(
    (await startScriptedChain()).payerOf(keypair),
    offerOf({ payTo: owned.toBase58() })
  )
  const [, , transfer] = TransactionMessage.decompile(transactionOf(payment).message).instructions
  expect(transfer?.keys[2]?.pubkey).toEqual(getAssociatedTokenAddressSync(USDC, owned, true))
})

it('assertions that a wallet adds for its user are sent with the payment', async () => {
  const wallet = standardWallet(keypair, (message) =>
    changed(message, (all) => [...all, lighthouse(keypair.publicKey)])
  )
  expect(transactionOf(await payBy(wallet)).message.compiledInstructions).toHaveLength(5)
})

const wrong: [string, string, SolanaWallet | SolanaKitSigner | SolanaKitModifyingSigner][] = [
  [
    'raises the amount',
    'its transfer is another',
    standardWallet(keypair, (message) =>
      changed(message, (all) => {
        all[2]?.data.writeBigUInt64LE(9_000_000n, 1)
        return all
      })
    )
  ],
  [
    'pays somebody else',
    'its transfer is another',
    standardWallet(keypair, (message) =>
      changed(message, (all) => {
        const to = all[2]?.keys[2]
        if (to) to.pubkey = stranger.publicKey
        return all
      })
    )
  ],
  [
    'adds a transfer',
    'what follows is another',
    standardWallet(keypair, (message) => changed(message, (all) => [...all, ...all.slice(2, 3)]))
  ],
  [
    'adds an assertion on the fee payer',
    'what follows is another',
    standardWallet(keypair, (message) =>
      changed(message, (all) => [...all, lighthouse(new PublicKey(FACILITATOR))])
    )
  ],
  [
    'takes another blockhash',
    'its blockhash is another',
    standardWallet(
      keypair,
      (message) => new MessageV0({ ...message, recentBlockhash: bs58.encode(new Uint8Array(32)) })
    )
  ],
  [
    'signs with another key',
    'not by its address',
    {
      ...injectedWallet(keypair),
      signTransaction: async (transaction: WalletTransaction) => {
        transaction.addSignature(keypair.publicKey, signBytes(stranger, transaction.message.serialize()))
        return transaction
      }
    }
  ],
  [
    'signs nothing',
    'not by its address',
    { publicKey: keypair.publicKey, signTransaction: async (transaction) => transaction }
  ],
  [
    'returns something else',
    'it returned no transaction',
    { publicKey: keypair.publicKey, signTransaction: async () => ({ serialize: () => new Uint8Array(7) }) }
  ],
  [
    'refuses, in words (X117)',
    'it refused to sign: User rejected … for now',
    {
      publicKey: keypair.publicKey,
      signTransaction: async () => Promise.reject(new Error(`User rejected ${'secret'.repeat(15)} for now`))
    }
  ],
  [
    'adds a signature of a stranger',
    'it refused to sign',
    {
      publicKey: keypair.publicKey,
      signTransaction: async (transaction: WalletTransaction) => {
        transaction.addSignature(stranger.publicKey, new Uint8Array(64))
        return transaction
      }
    }
  ],
  [
    'is a kit signer without a signature',
    'it refused to sign',
    { address: kitSigner.address, signTransactions: async () => [{}] }
  ],
  [
    'is a kit signer that changes the message',
    'it returned no transaction',
    {
      address: kitSigner.address,
      modifyAndSignTransactions: async () => [
        { messageBytes: new Uint8Array(9), signatures: { [kitSigner.address]: new Uint8Array(64) } }
      ]
    }
  ]
]

describe('a wallet that', () => {
  it.each(wrong)('%s is rejected, and nothing of it is shown', async (_, reason, wallet) => {
    const error = await payBy(wallet).then(
      () => expect.unreachable(),
      (refusal: unknown) => refusal
    )
    expect(bursarErrorOf(error, 'signer/failed')?.context.reason).toContain(reason)
    expect(error).toMatchObject({ moneyState: 'none' })
    expect(inspect(error, { depth: 9 })).not.toContain('secret')
  })

  it('is not connected is told so before anything is read', async () => {
    const chain = await startScriptedChain()
    const payer = chain.payerOf({ ...anchorWallet(keypair), publicKey: null })
    await expect(
      payer.prepare(offerOf(), { dialect: katana, maxValiditySeconds: 300 })
    ).rejects.toMatchObject({
      code: 'signer/failed',
      moneyState: 'none',
      message: expect.stringContaining('not connected')
    })
    expect(chain.node.calls).toEqual([])
  })
})

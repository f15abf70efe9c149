import {
  BASE,
  bytesOf,
  isBursarError,
  type Ledger,
  type Purchase,
  type Reservation,
  type SignedPayment,
  SOLANA_MAINNET
} from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { type BaseChain, startBase } from '@bursar/localchain'
import { type SolanaChain, startSolana } from '@bursar/localchain/solana'
import { Connection, Keypair, VersionedTransaction } from '@solana/web3.js'
import bs58 from 'bs58'
import type { Bursar } from 'bursar'
import fc from 'fast-check'
import {
  createWalletClient,
  type Hex,
  type HttpTransport,
  http,
  type LocalAccount,
  parseAbi,
  type WalletClient
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fundSolanaWallet } from './solana-stack.js'
import { fundWallet, imageRequest, imageUrl } from './stack.js'
import { until } from './until.js'

// The thief holds the keys of the gateway's fee payers too: nothing stands between it and the chain.
const [payee, feePayer] = [Keypair.generate(), Keypair.generate()]
let chain: BaseChain
let solana: SolanaChain
let gateway: Gateway

beforeAll(async () => {
  chain = await startBase()
  solana = await startSolana({ slotTimeMs: 150 })
  const keys = { payeeKey: payee.secretKey, feePayerKey: feePayer.secretKey }
  gateway = await startGateway({ base: chain, solana: { ...solana, ...keys } })
})
afterAll(async () => {
  await gateway.stop()
  await Promise.all([chain.stop(), solana.stop()])
})

const LIMIT_ATOMIC = 200_000n

const faults = [
  'none',
  'answer-lost-before-settling',
  'answer-lost-after-settling',
  'answer-lost-after-settling*2',
  'answer-lost-after-settling*9',
  'error-500-after-settling',
  'error-402-after-settling',
  'answer-cut',
  'settlement-pending',
  'settlement-pending;lands=false',
  'blockhash-not-found;expires=false',
  'wrong-payee',
  'price-above-quote',
  'wrong-domain',
  'timeout-seconds-1e9',
  'response-header-malformed'
]

/** A ledger that also says which call each signed authorization was for. */
function watchedLedger(): { ledger: Ledger; signed: Map<string, Purchase> } {
  const inner = memoryLedger()
  const signed = new Map<string, Purchase>()
  const ledger: Ledger = {
    ...inner,
    reserve: (reservation: Reservation) => inner.reserve(reservation),
    async recordEvent(id, event) {
      const purchase = await inner.recordEvent(id, event)
      if (event.type === 'signed' || event.type === 'reissued') signed.set(nameOf(event.payment), purchase)
      return purchase
    }
  }
  return { ledger, signed }
}

/** As the chains name it: a nonce of USDC's on Base, the hash of the message on Solana. */
function nameOf({ network, reference }: SignedPayment): string {
  return network === BASE ? reference : Buffer.from(bs58.decode(reference)).toString('hex')
}

/** Hands the chains every authorization that was ever signed, as a thief of all of them would. */
async function settleAll(purchases: readonly Purchase[]): Promise<void> {
  const [, , , thief] = chain.accounts
  if (!thief) throw new TypeError('anvil has too few accounts')
  const wallet = createWalletClient({
    account: privateKeyToAccount(thief.privateKey),
    transport: http(chain.rpcUrl)
  })
  const connection = new Connection(solana.rpcUrl, 'confirmed')
  for (const purchase of purchases) {
    const { offer } = purchase
    const header = bytesOf(purchase)?.header
    if (!header) continue
    const { payload } = JSON.parse(Buffer.from(header.value, 'base64').toString())
    // What has settled or expired is rejected; that is what is tested.
    if (offer.network === BASE) await settleOnBase(wallet, payload).catch(() => {})
    else await settleOnSolana(connection, payload).catch(() => {})
  }
}

async function settleOnBase(
  wallet: WalletClient<HttpTransport, undefined, LocalAccount>,
  { authorization, signature }: { authorization: Record<string, string>; signature: Hex }
): Promise<void> {
  const { from, to, value = '', validAfter = '', validBefore = '', nonce } = authorization
  const times = [BigInt(validAfter), BigInt(validBefore)] as const
  const hash = await wallet.writeContract({
    address: chain.usdc,
    abi: parseAbi([
      'function transferWithAuthorization(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce, bytes signature)'
    ]),
    functionName: 'transferWithAuthorization',
    args: [from as Hex, to as Hex, BigInt(value), ...times, nonce as Hex, signature],
    chain: null
  })
  await chain.awaitReceipt(hash)
}

async function settleOnSolana(connection: Connection, payload: { transaction: string }): Promise<void> {
  const transaction = VersionedTransaction.deserialize(Buffer.from(payload.transaction, 'base64'))
  const first = transaction.message.staticAccountKeys[0]
  transaction.sign([payee, feePayer].filter(({ publicKey }) => first?.equals(publicKey)))
  const name = await connection.sendRawTransaction(transaction.serialize())
  await until(async () => (await connection.getSignatureStatus(name)).value !== null)
}

/** A caller that tries again until it has its answer or has had enough. */
async function callUntilAnswered(
  bursar: Bursar,
  fault: string,
  retries: number,
  index: number
): Promise<void> {
  const init = imageRequest(`call ${index}`, fault === 'none' ? {} : { 'X-Gateway-Fault': fault })
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      const response = await bursar.fetch(imageUrl({ gateway }), {
        ...init,
        bursar: { labels: { call: String(index) } }
      })
      await response.text()
      if (response.ok) return
    } catch (error) {
      // A body that breaks off fails its reader with the network's own error.
      if (!isBursarError(error)) expect(fault).toBe('answer-cut')
    }
  }
}

it('peers defects 2, 3, 7 and 11: whatever fails on either chain, each purchase settles at most once and the limit holds, even if every authorization is settled in the end', async () => {
  const network = fc.constantFrom(BASE, SOLANA_MAINNET)
  const call = fc.record({ fault: fc.constantFrom(...faults), retries: fc.nat(3), network })
  let [onBase, onSolana] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 5, maxLength: 25 }), async (calls) => {
      const { ledger, signed } = watchedLedger()
      const limits = { payment: '0.25', total: '0.2' }
      // The thief must come before the blockhashes expire, so no call waits for that.
      const options = { ledger, limits, timeouts: { replacementMs: 0 } }
      const base = await fundWallet({ chain }, options)
      const other = await fundSolanaWallet({ solana }, { ...options, prefer: [SOLANA_MAINNET] })
      const balances = (): Promise<[bigint, bigint]> =>
        Promise.all([chain.balanceOf(base.address), solana.balanceOf(other.address)])
      const before = await balances()
      await Promise.all(
        calls.map(({ fault, retries, network }, index) =>
          callUntilAnswered(network === BASE ? base.bursar : other.bursar, fault, retries, index)
        )
      )
      await settleAll([...signed.values()])
      const used = (await chain.authorizationsUsed(base.address)).map(({ nonce }) => nonce)
      // The oldest transfer is the one that funded the wallet.
      const moved = (await solana.settledTransfers(other.address)).slice(0, -1)
      const settled = [...used, ...moved.map(({ messageHash }) => messageHash)]
      const callOf = (name: string): string => signed.get(name)?.labels.call ?? `${name}, which nobody signed`
      const paidCalls = settled.map(callOf)
      expect(paidCalls.filter((name, index) => paidCalls.indexOf(name) !== index)).toEqual([])
      const after = await balances()
      const spent = before[0] - after[0] + before[1] - after[1]
      expect(spent).toBeLessThanOrEqual(LIMIT_ATOMIC)
      onBase += used.length
      onSolana += moved.length
      await Promise.all([base.bursar.close(), other.bursar.close()])
    }),
    { numRuns: 12, endOnFailure: true }
  )
  // A property over calls that never pay would hold as well.
  expect(Math.min(onBase, onSolana)).toBeGreaterThan(5)
})

import { Connection, Keypair, SystemProgram, Transaction } from '@solana/web3.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SolanaChain, startSolana } from '../../solana.js'

let chain: SolanaChain
const nobody = Keypair.generate().publicKey.toBase58()

beforeAll(async () => {
  chain = await startSolana({ slotTimeMs: 50, engine: 'litesvm' })
})
afterAll(() => chain.stop())

async function call(method: string, ...params: readonly unknown[]): Promise<Record<string, unknown>> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const response = await fetch(chain.rpcUrl, { method: 'POST', body })
  return (await response.json()) as Record<string, unknown>
}

it.each([
  ['an account that is not there', 'getAccountInfo', [nobody], { value: null }],
  ['its balance', 'getBalance', [nobody], { value: 0 }],
  ['accounts of no list', 'getMultipleAccounts', ['x'], { value: [] }],
  ['statuses of no list', 'getSignatureStatuses', ['x'], { value: [] }],
  ['a transaction that nobody sent', 'getSignatureStatuses', [['1'.repeat(64)]], { value: [null] }],
  ['a blockhash of no block', 'isBlockhashValid', [nobody], { value: false }]
])('litesvm answers for %s as a node does', async (_, method, params, result) => {
  expect(await call(method, ...params)).toMatchObject({ result })
})

it.each([
  ['getBlockTime', [1e9]],
  ['getTransaction', ['1'.repeat(64)]]
])('litesvm answers %s of what is not there with null', async (method, params) => {
  expect(await call(method, ...params)).toHaveProperty('result', null)
})

it.each([
  ['getBlock', [1e9], -32_004],
  ['getSignaturesForAddress', [nobody, { minContextSlot: 1e9 }], -32_016],
  ['getBalance', [7], -32_602],
  ['sendTransaction', ['not base64', { encoding: 'base64' }], -32_602]
])('litesvm answers %s %o with the error of a node', async (method, params, code) => {
  expect(await call(method, ...params)).toMatchObject({ error: { code } })
})

it('litesvm lists blocks that follow one another, and a slice of an account', async () => {
  const { result: slot } = await call('getSlot')
  const block = (await call('getBlock', slot)).result as Record<string, unknown>
  expect(block).toMatchObject({ parentSlot: Number(slot) - 1, blockHeight: slot })
  const parent = (await call('getBlock', Number(slot) - 1)).result as Record<string, unknown>
  expect(block.previousBlockhash).toBe(parent.blockhash)
  const options = { encoding: 'base64', dataSlice: { offset: 44, length: 1 } }
  // The decimals of the mint.
  expect(await call('getAccountInfo', chain.usdc, options)).toMatchObject({
    result: { value: { data: [Buffer.from([6]).toString('base64'), 'base64'] } }
  })
})

it('litesvm says in a preflight check why a transaction cannot land, and in its status without one', async () => {
  const connection = new Connection(chain.rpcUrl, 'confirmed')
  const poor = Keypair.generate()
  const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash()
  const transaction = new Transaction({ feePayer: poor.publicKey, blockhash, lastValidBlockHeight }).add(
    SystemProgram.transfer({
      fromPubkey: poor.publicKey,
      toPubkey: Keypair.generate().publicKey,
      lamports: 1
    })
  )
  transaction.sign(poor)
  await expect(connection.sendRawTransaction(transaction.serialize())).rejects.toThrow(
    /simulation failed: AccountNotFound/
  )
  const stale = new Transaction({ feePayer: poor.publicKey, blockhash: nobody, lastValidBlockHeight }).add(
    SystemProgram.transfer({ fromPubkey: poor.publicKey, toPubkey: poor.publicKey, lamports: 1 })
  )
  stale.sign(poor)
  await expect(connection.sendRawTransaction(stale.serialize())).rejects.toThrow(/Blockhash not found/)
})

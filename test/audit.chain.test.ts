import { BASE, type Purchase } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { type Bursar, createBursar } from 'bursar'
import { auditOf } from 'bursar/audit'
import { createWalletClient, http, parseAbi } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack, type Wallet } from './stack.js'

const stack = useStack()
const url = (query: string): string => `${stack.gateway.url}/standard/v2/report?${query}`
const arm = (fault: string) => ({ headers: { 'X-Gateway-Fault': fault } })

async function newWallet(options = {}): Promise<Wallet> {
  const wallet = await fundWallet(stack, { resend: { times: 0 }, ...options })
  onTestFinished(() => wallet.bursar.close())
  return wallet
}

async function theOnly(bursar: Bursar): Promise<Purchase> {
  for await (const purchase of bursar.history()) return purchase
  throw new TypeError('Nothing was bought')
}

describe('reconcile', () => {
  it('finds nothing to say where every payment was answered', async () => {
    const { bursar } = await newWallet()
    for (const query of ['a', 'b', 'c']) await (await bursar.fetch(url(`fine-${query}`))).text()
    expect(await auditOf(bursar).reconcile()).toMatchObject({
      settled: 3,
      debits: 3,
      learned: [],
      discrepancies: []
    })
  })

  it('reports USDC that left without a purchase', async () => {
    const { key, bursar } = await newWallet()
    await (await bursar.fetch(url('known'))).text()
    await stack.chain.fundGas(privateKeyToAccount(key).address)
    const wallet = createWalletClient({
      account: privateKeyToAccount(key),
      transport: http(stack.chain.rpcUrl)
    })
    const payee = privateKeyToAccount(generatePrivateKey()).address
    const hash = await wallet.writeContract({
      chain: null,
      address: stack.chain.usdc,
      abi: parseAbi(['function transfer(address, uint256) returns (bool)']),
      functionName: 'transfer',
      args: [payee, 5n]
    })
    await stack.chain.awaitReceipt(hash)
    const { discrepancies } = await auditOf(bursar).reconcile()
    expect(discrepancies).toMatchObject([
      { kind: 'debited-unknown', debit: { payTo: payee, amountAtomic: 5n, network: BASE } }
    ])
  })

  it('reports a payment that the server says it took, and the chain does not have', async () => {
    const { bursar } = await newWallet({ fetch: unsettling(`0x${'ab'.repeat(32)}`) })
    await (await bursar.fetch(url('unsettled'))).text()
    expect((await auditOf(bursar).reconcile()).discrepancies).toMatchObject([
      { kind: 'not-on-chain', purchase: { state: 'settled' } }
    ])
  })

  it('learns that a lost payment settled, and says that nobody has its answer', async () => {
    const key = generatePrivateKey()
    const { address } = privateKeyToAccount(key)
    await stack.chain.mint(address, 1_000_000n)
    const options = {
      evm: key,
      limits: { payment: '0.25' },
      ledger: memoryLedger(),
      resend: { times: 0 }
    } as const
    const blind = createBursar({ ...options, rpcUrls: { [BASE]: 'http://127.0.0.1:1' } })
    const lost = blind.fetch(url('blind'), arm('answer-lost-after-settling'))
    await expect(lost).rejects.toMatchObject({ code: 'payment/outcome-unknown', moneyState: 'unknown' })
    const seeing = createBursar({ ...options, rpcUrls: { [BASE]: stack.chain.rpcUrl } })
    onTestFinished(() => seeing.close())
    const { learned, discrepancies } = await auditOf(seeing).reconcile()
    expect(learned).toMatchObject([{ state: 'settled' }])
    expect(discrepancies).toMatchObject([{ kind: 'undelivered', purchase: { id: learned[0]?.id } }])
  })
})

describe('cancel', () => {
  it('makes an authorization that is out void, and gives its budget back', async () => {
    const { address, bursar } = await newWallet()
    await stack.chain.fundGas(address)
    const lost = bursar.fetch(url('void'), arm('answer-lost-before-settling'))
    await expect(lost).rejects.toMatchObject({ code: 'payment/outcome-unknown', moneyState: 'sent' })
    const { id } = await theOnly(bursar)
    expect(await auditOf(bursar).cancel(id)).toMatchObject({
      outcome: 'cancelled',
      purchase: { state: 'dead' }
    })
    expect(await bursar.outstanding()).toEqual([])
    const response = await bursar.fetch(url('void'))
    expect(bursar.receiptOf(response)).toMatchObject({ resumed: false, moneyState: 'settled' })
  })

  it('says that it came too late, and changes nothing, where the payment had settled', async () => {
    const { address, bursar } = await newWallet()
    await stack.chain.fundGas(address)
    await (await bursar.fetch(url('late'))).text()
    const { id } = await theOnly(bursar)
    expect(await auditOf(bursar).cancel(id)).toMatchObject({
      outcome: 'settled',
      purchase: { state: 'settled' }
    })
  })

  it('without gas loses nothing: the payment is out as before', async () => {
    const { bursar } = await newWallet()
    await expect(bursar.fetch(url('gasless'), arm('answer-lost-before-settling'))).rejects.toThrow()
    const { id } = await theOnly(bursar)
    await expect(auditOf(bursar).cancel(id)).rejects.toMatchObject({
      code: 'purchase/not-cancellable',
      moneyState: 'sent'
    })
    expect(await bursar.outstanding()).toHaveLength(1)
  })

  it('of a purchase that is not there says so', async () => {
    const { bursar } = await newWallet()
    await expect(auditOf(bursar).cancel('p0')).rejects.toMatchObject({
      code: 'purchase/not-cancellable',
      moneyState: 'none'
    })
  })
})

/** A server that keeps the payment, answers, and settles nothing. */
function unsettling(transaction: string) {
  return async (input: string | URL, init?: RequestInit): Promise<Response> => {
    const paid = new Headers(init?.headers).has('payment-signature')
    if (!paid) return fetch(input, init)
    const receipt = btoa(JSON.stringify({ success: true, network: BASE, transaction }))
    return new Response('{}', { headers: { 'payment-response': receipt } })
  }
}

/** A server whose receipts name another transaction. */
function lying(transaction: string) {
  return async (input: string | URL, init?: RequestInit): Promise<Response> => {
    const response = await fetch(input, init)
    const header = response.headers.get('payment-response')
    if (header === null) return response
    const headers = new Headers(response.headers)
    const settlement = { ...JSON.parse(atob(header)), transaction }
    headers.set('payment-response', btoa(JSON.stringify(settlement)))
    return new Response(response.body, { status: response.status, headers })
  }
}

describe("with verify: 'chain'", () => {
  it('an answer whose receipt is true is handed over', async () => {
    const { bursar } = await newWallet({ verify: 'chain' })
    const response = await bursar.fetch(url('true'))
    expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled' })
  })

  it('a receipt that names another payment is contradicted, and the chain says where the money is', async () => {
    const { bursar: honest } = await newWallet()
    const other = honest.receiptOf(await honest.fetch(url('other')))?.transaction ?? ''
    const { bursar } = await newWallet({ verify: 'chain', fetch: lying(other) })
    await expect(bursar.fetch(url('contradicted'))).rejects.toMatchObject({
      code: 'receipt/contradicted',
      moneyState: 'settled',
      context: { reason: 'the transaction it names does not make this payment' }
    })
  })

  it('a receipt that names no transaction of the chain is contradicted', async () => {
    const { bursar } = await newWallet({ verify: 'chain', fetch: lying('paid, honestly') })
    await expect(bursar.fetch(url('nothing'))).rejects.toMatchObject({ code: 'receipt/contradicted' })
  })
})

import { bytesOf, SOLANA_MAINNET } from '@bursar/core'
import { startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { startBase } from '@bursar/localchain'
import { startSolana } from '@bursar/localchain/solana'
import bs58 from 'bs58'
import { bursarErrorOf, createBursar, formatUsdc } from 'bursar'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { fundSolanaWallet, useSolanaStack } from './solana-stack.js'
import { imageRequest, imageUrl } from './stack.js'

const stack = useSolanaStack()

/** How often a wallet has paid: its first transfer is the one that funded it. */
async function timesPaid(address: string): Promise<number> {
  return (await stack.solana.settledTransfers(address)).length - 1
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new TypeError('The call should have failed')
    },
    (error: unknown) => error
  )
}

const reportUrl = (query = ''): string => `${stack.gateway.url}/standard/v2/report${query}`
const arm = (fault: string): RequestInit => ({ headers: { 'X-Gateway-Fault': fault } })

describe('a paid call on Solana', () => {
  it('moves exactly the price from payer to payee, and the receipt names the transaction that did', async () => {
    const { solana, gateway } = stack
    const { address, bursar } = await fundSolanaWallet(stack)
    const before = {
      payer: await solana.balanceOf(address),
      payee: await solana.balanceOf(gateway.payTo.solana)
    }
    const response = await bursar.fetch(imageUrl(stack), imageRequest('a mug'))
    expect(response.status).toBe(200)
    const receipt = bursar.receiptOf(response)
    const paid = before.payer - (await solana.balanceOf(address))
    expect(formatUsdc(paid)).toBe(receipt?.amount)
    expect((await solana.balanceOf(gateway.payTo.solana)) - before.payee).toBe(paid)
    const [transfer] = await solana.settledTransfers(address)
    expect(receipt).toMatchObject({
      network: SOLANA_MAINNET,
      payer: address,
      transaction: transfer?.transaction
    })
    expect(Buffer.from(bs58.decode(receipt?.reference ?? '')).toString('hex')).toBe(transfer?.messageHash)
  })

  it.each(['/standard/v2/report', '/standard/v1/report'])('pays the standard too: %s', async (path) => {
    const { address, bursar } = await fundSolanaWallet(stack)
    const response = await bursar.fetch(`${stack.gateway.url}${path}`)
    expect(await response.json()).toMatchObject({ report: 'paid' })
    expect(await timesPaid(address)).toBe(1)
  })

  it("Katana 41: creates the payee's token account, which the standard rejects by name", async () => {
    await using bare = await startGateway({ solana: { ...stack.solana, tokenAccount: 'missing' } })
    const { bursar } = await fundSolanaWallet(stack)
    const refused = await failure(bursar.fetch(`${bare.url}/standard/v2/report`))
    expect(refused).toMatchObject({ code: 'offer/recipient-account-missing', moneyState: 'none' })
    expect((await bursar.fetch(imageUrl({ gateway: bare }), imageRequest('a new mug'))).status).toBe(200)
    expect((await bursar.fetch(`${bare.url}/standard/v2/report`)).status).toBe(200)
  })

  it('with one bursar that holds both keys, on whichever chain the server or the user prefers', async () => {
    await using base = await startBase()
    await using gateway = await startGateway({ base, solana: stack.solana })
    const { keypair, address } = await fundSolanaWallet(stack)
    const evm = generatePrivateKey()
    await base.mint(privateKeyToAccount(evm).address, 1_000_000n)
    const options = {
      evm,
      solana: bs58.encode(keypair.secretKey),
      limits: { payment: '0.25' },
      ledger: 'memory',
      rpcUrls: { 'eip155:8453': base.rpcUrl, [SOLANA_MAINNET]: stack.solana.rpcUrl }
    } as const
    const [first, second] = [createBursar(options), createBursar({ ...options, prefer: [SOLANA_MAINNET] })]
    const onBase = first.receiptOf(await first.fetch(imageUrl({ gateway }), imageRequest('base first')))
    expect(onBase?.network).toBe('eip155:8453')
    const onSolana = second.receiptOf(await second.fetch(imageUrl({ gateway }), imageRequest('then solana')))
    expect(onSolana).toMatchObject({ network: SOLANA_MAINNET, payer: address, moneyState: 'settled' })
  })

  it('200 at once settle, each once', { timeout: 600_000 }, async () => {
    // A chain of its own, on which a blockhash lives for a minute: settling them all may take a busy machine long.
    await using solana = await startSolana({ slotTimeMs: 400 })
    await using gateway = await startGateway({ solana })
    const { address, bursar } = await fundSolanaWallet(
      { solana },
      { limits: { payment: '0.01', total: '2' } }
    )
    const pay = async (page: number): Promise<number> => {
      const response = await bursar.fetch(`${gateway.url}/standard/v2/report?page=${page}`)
      await response.text()
      return response.status
    }
    const statuses = await Promise.all(Array.from({ length: 200 }, (_, page) => pay(page)))
    expect(new Set(statuses)).toEqual(new Set([200]))
    // The first is the one that funded it.
    expect(await solana.settledTransfers(address)).toHaveLength(201)
  })
})

describe('when the answer does not come', () => {
  it('a lost answer is asked for with the same bytes: one transfer', async () => {
    const { address, bursar } = await fundSolanaWallet(stack)
    const response = await bursar.fetch(reportUrl(), arm('answer-lost-after-settling*2'))
    expect(response.status).toBe(200)
    expect(await timesPaid(address)).toBe(1)
  })

  it('the chain says that it settled, and the error names the transaction', async () => {
    const { address, bursar } = await fundSolanaWallet(stack)
    const error = await failure(bursar.fetch(reportUrl(), arm('answer-lost-after-settling*9')))
    expect(error).toMatchObject({ code: 'payment/settled-answer-lost', moneyState: 'settled' })
    const [transfer] = await stack.solana.settledTransfers(address)
    expect(bursarErrorOf(error)?.context).toMatchObject({ transaction: transfer?.transaction })
  })

  it('a settlement that never lands is proven dead, and the next call pays once', async () => {
    const ledger = memoryLedger()
    const { address, payer, bursar } = await fundSolanaWallet(stack, { ledger })
    const url = reportUrl('?page=dead')
    const error = await failure(bursar.fetch(url, arm('settlement-pending;lands=false')))
    expect(error).toMatchObject({ code: 'payment/refused', moneyState: 'sent' })
    const [purchase] = await ledger.outstanding()
    const payment = purchase && bytesOf(purchase)?.payment
    if (!payment) throw new TypeError('The payment is not in the ledger')
    await expect.poll(() => payer.getSettlementStatus(payment)).toEqual({ status: 'dead' })
    await expect.poll(() => Date.now()).toBeGreaterThan(payment.expiresAtSeconds * 1000)
    const response = await bursar.fetch(url)
    expect(bursar.receiptOf(response)).toMatchObject({ resumed: false, moneyState: 'settled' })
    expect(await timesPaid(address)).toBe(1)
    expect(await ledger.outstanding()).toEqual([])
  })
})

// At once, since each waits until its blockhash has expired.
describe.concurrent('BlockhashNotFound', () => {
  it('Katana 43: is met with a new transaction, in the same purchase, once the old one is proven dead', async () => {
    const ledger = memoryLedger()
    const { address, bursar } = await fundSolanaWallet(stack, { ledger })
    const signed: unknown[] = []
    bursar.on('signed', ({ purchase }) => signed.push(purchase))
    const response = await bursar.fetch(
      imageUrl(stack),
      imageRequest('stale', { 'X-Gateway-Fault': 'blockhash-not-found' })
    )
    expect(response.status).toBe(200)
    expect(signed).toHaveLength(2)
    expect(new Set(signed).size).toBe(1)
    expect(await timesPaid(address)).toBe(1)
    expect(await ledger.outstanding()).toEqual([])
  })

  it('of a server that says so while the transaction lives is rejected, and the same bytes settle later', async () => {
    const { address, bursar } = await fundSolanaWallet(stack, { timeouts: { replacementMs: 0 } })
    const call = (): Promise<Response> =>
      bursar.fetch(reportUrl('?page=lie'), arm('blockhash-not-found;expires=false'))
    const error = await failure(call())
    expect(error).toMatchObject({ code: 'payment/refused', moneyState: 'sent' })
    const response = await call()
    expect(bursar.receiptOf(response)).toMatchObject({ resumed: true, moneyState: 'settled' })
    expect(await timesPaid(address)).toBe(1)
  })

  it('twice is an error: a server cannot make us sign for ever', async () => {
    const { address, bursar } = await fundSolanaWallet(stack)
    const signed: unknown[] = []
    bursar.on('signed', (event) => signed.push(event))
    const error = await failure(bursar.fetch(reportUrl('?page=twice'), arm('blockhash-not-found*2')))
    expect(error).toMatchObject({ code: 'payment/refused' })
    expect(signed).toHaveLength(2)
    expect(await timesPaid(address)).toBe(0)
  })
})

describe('before anything is signed', () => {
  it('an RPC that is down is rpc/unavailable, with nothing reserved', async () => {
    const { keypair } = await fundSolanaWallet(stack)
    const ledger = memoryLedger()
    const bursar = createBursar({
      solana: keypair,
      ledger,
      limits: { payment: '0.25' },
      rpcUrls: { [SOLANA_MAINNET]: 'http://127.0.0.1:1' }
    })
    const error = await failure(bursar.fetch(reportUrl()))
    expect(error).toMatchObject({ code: 'rpc/unavailable', moneyState: 'none' })
    expect(await ledger.outstanding()).toEqual([])
  })

  it('a key that is none is a TypeError that does not show it', () => {
    for (const solana of ['', 'not a key', `0x${'11'.repeat(32)}`]) {
      const create = (): unknown => createBursar({ solana, limits: { payment: '1' } })
      expect(create).toThrow(TypeError)
      if (solana) expect(create).not.toThrow(solana)
    }
  })

  it('a price above the limit is rejected', async () => {
    const { address, bursar } = await fundSolanaWallet(stack)
    const error = await failure(bursar.fetch(reportUrl('?usdc=0.26')))
    expect(error).toMatchObject({ code: 'offer/over-limit', moneyState: 'none' })
    expect(await timesPaid(address)).toBe(0)
  })
})

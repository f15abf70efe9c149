import { randomBytes } from 'node:crypto'
import { SOLANA_MAINNET } from '@bursar/core'
import { Keypair } from '@solana/web3.js'
import { type Bursar, createBursar } from 'bursar'
import { auditOf } from 'bursar/audit'
import { createKatana } from 'bursar/katana'
import { expect, it, onTestFinished } from 'vitest'
import { useSolanaStack } from './solana-stack.js'

const stack = useSolanaStack()
const url = (query: string): string => `${stack.gateway.url}/standard/v2/report?${query}`

async function newBursar(options = {}): Promise<Bursar> {
  const keypair = Keypair.fromSeed(randomBytes(32))
  await stack.solana.mint(keypair.publicKey.toBase58(), 10_000_000n)
  const bursar = createBursar({
    solana: keypair,
    limits: { payment: '0.25' },
    ledger: 'memory',
    rpcUrls: { [SOLANA_MAINNET]: stack.solana.rpcUrl },
    resend: { times: 0 },
    ...options
  })
  onTestFinished(() => bursar.close())
  return bursar
}

it('every payment on Solana is found on the chain, by its message', async () => {
  const bursar = await newBursar()
  for (const query of ['a', 'b']) await (await bursar.fetch(url(query))).text()
  expect(await auditOf(bursar).reconcile()).toMatchObject({
    settled: 2,
    debits: 2,
    learned: [],
    discrepancies: []
  })
})

it('a receipt on Solana is compared with the chain', async () => {
  const honest = await newBursar({ verify: 'chain' })
  const response = await honest.fetch(url('true'))
  const transaction = honest.receiptOf(response)?.transaction ?? ''
  expect(honest.receiptOf(response)).toMatchObject({ moneyState: 'settled' })
  const deceived = await newBursar({
    verify: 'chain',
    async fetch(input: string | URL, init?: RequestInit) {
      const answer = await fetch(input, init)
      const header = answer.headers.get('payment-response')
      if (header === null) return answer
      const headers = new Headers(answer.headers)
      headers.set('payment-response', btoa(JSON.stringify({ ...JSON.parse(atob(header)), transaction })))
      return new Response(answer.body, { status: answer.status, headers })
    }
  })
  await expect(deceived.fetch(url('false'))).rejects.toMatchObject({
    code: 'receipt/contradicted',
    moneyState: 'settled'
  })
})

it('a payment on Solana that is out cannot be cancelled, and the error says how it ends', async () => {
  const bursar = await newBursar()
  const lost = bursar.fetch(url('lost'), { headers: { 'X-Gateway-Fault': 'answer-lost-before-settling' } })
  await expect(lost).rejects.toMatchObject({ code: 'payment/outcome-unknown' })
  const [purchase] = await bursar.outstanding()
  await expect(auditOf(bursar).cancel(purchase?.id ?? '')).rejects.toMatchObject({
    code: 'purchase/not-cancellable',
    moneyState: 'sent'
  })
})

it('a chat is paid from a balance that was topped up on Solana, and by no other payment', async () => {
  const bursar = await newBursar({ limits: { payment: '1' } })
  const katana = createKatana(bursar, { baseUrl: stack.gateway.url })
  await katana.balance.topUp('0.5')
  const messages = [{ role: 'user', content: 'Reply with exactly: from Solana' }] as const
  const reply = await katana.chat.completions.create({ model: 'claude-haiku-4-5', messages, max_tokens: 64 })
  expect(reply.choices[0]?.message.content).toBe('from Solana')
  expect(await katana.balance.balance()).toBeLessThan(500_000n)
  const { wallets, prepaid } = await bursar.balances({ prepaid: [katana] })
  expect(wallets).toMatchObject([{ network: SOLANA_MAINNET, usdc: 10_000_000n - 503_938n }])
  expect(prepaid).toMatchObject([{ service: 'katana', network: SOLANA_MAINNET }])
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeHeader, SOLANA_MAINNET } from '@bursar/core'
import { exactSolanaPayloadSchema, paymentV1Schema } from '@bursar/core/wire'
import { Keypair, TransactionMessage, VersionedTransaction } from '@solana/web3.js'
import { createBursar } from 'bursar'
import { auditOf } from 'bursar/audit'
import { expect, it, onTestFinished } from 'vitest'
import { useSolanaStack } from './solana-stack.js'

const stack = useSolanaStack()

/** A wallet with 10 USDC. */
async function newBursar() {
  const keypair = Keypair.generate()
  const address = keypair.publicKey.toBase58()
  await stack.solana.mint(address, 10_000_000n)
  const bursar = createBursar({
    ...{ solana: keypair, limits: { payment: '0.25' }, ledger: 'memory', resend: { times: 0 } },
    rpcUrls: { [SOLANA_MAINNET]: stack.solana.rpcUrl }
  })
  onTestFinished(() => bursar.close())
  return { address, bursar }
}

/** How a seller answers what it has settled. */
type Answer = 'with a receipt' | 'without a receipt' | 'not at all'

/**
 * A v1 seller on node:http. Its facilitator takes exactly three instructions, as legacy ones do, and then has the
 * gateway's verify and settle the payment.
 */
async function v1Seller(answer: Answer): Promise<{ url: string; payTo: string }> {
  const payTo = Keypair.generate().publicKey.toBase58()
  await stack.solana.mint(payTo, 1n)
  const { kinds } = await (await fetch(`${stack.gateway.url}/supported`)).json()
  const { extra } = kinds.find(({ network }: { network: string }) => network === 'solana')
  const requirements = {
    ...{ scheme: 'exact', network: 'solana', maxAmountRequired: '10000', payTo, asset: stack.solana.usdc },
    ...{ resource: 'https://api.example.com/a', description: '', mimeType: '', maxTimeoutSeconds: 60, extra }
  }
  const server = createServer(async (request, response) => {
    const header = request.headers['x-payment']
    if (header === undefined)
      return response
        .writeHead(402)
        .end(JSON.stringify({ x402Version: 1, error: 'pay', accepts: [requirements] }))
    const settled = await settle(String(header), requirements)
    if (answer === 'not at all') return response.destroy()
    const receipt = answer === 'with a receipt' ? { 'X-PAYMENT-RESPONSE': encodeHeader(settled) } : {}
    return response.writeHead(settled.success ? 200 : 402, receipt).end(JSON.stringify(settled))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, payTo }
}

async function settle(header: string, paymentRequirements: object): Promise<{ readonly success: boolean }> {
  const paymentPayload = paymentV1Schema.parse(JSON.parse(Buffer.from(header, 'base64').toString()))
  const { transaction } = exactSolanaPayloadSchema.parse(paymentPayload.payload)
  const { message } = VersionedTransaction.deserialize(Buffer.from(transaction, 'base64'))
  if (TransactionMessage.decompile(message).instructions.length !== 3) return { success: false }
  const body = JSON.stringify({ x402Version: 1, paymentPayload, paymentRequirements })
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${stack.gateway.url}/settle`, { method: 'POST', headers, body })).json()
}

it.each(['with a receipt', 'without a receipt'] as const)(
  'X60: v1 on Solana is paid with three instructions, answered %s, and the audit finds it',
  async (answer) => {
    const seller = await v1Seller(answer)
    const { address, bursar } = await newBursar()
    const response = await bursar.fetch(seller.url)
    expect([response.status, await response.json()]).toMatchObject([200, { success: true }])
    expect([await stack.solana.balanceOf(seller.payTo), await stack.solana.balanceOf(address)]).toEqual([
      10_001n,
      9_990_000n
    ])
    expect(await auditOf(bursar).reconcile({ fromMs: 0 })).toMatchObject({
      ...{ settled: 1, debits: 1, discrepancies: [] }
    })
  }
)

it('X62: a settlement whose answer was lost is found on the chain without a memo, and paid once', async () => {
  const seller = await v1Seller('not at all')
  const { address, bursar } = await newBursar()
  await expect(bursar.fetch(seller.url)).rejects.toMatchObject({
    ...{ code: 'payment/settled-answer-lost', moneyState: 'settled' }
  })
  expect(await stack.solana.balanceOf(address)).toBe(9_990_000n)
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SOLANA_MAINNET, systemClock } from '@bursar/core'
import { startGateway } from '@bursar/gateway'
import { startSolana } from '@bursar/localchain/solana'
import { createSolanaPayer } from '@bursar/solana'
import { expect, it, onTestFinished } from 'vitest'
import { fundSolanaWallet } from './solana-stack.js'

const HOUR_MS = 3_600_000

/** A seller that keeps what it is paid, and settles it when its chain goes on. */
async function startPatientSeller(report: string) {
  const kept: string[] = []
  const seller = createServer(async ({ headers }, response) => {
    const payment = headers['payment-signature']
    if (payment !== undefined) {
      kept.push(String(payment))
      return response.writeHead(504).end()
    }
    const asked = await fetch(report)
    response.setHeader('payment-required', asked.headers.get('payment-required') ?? '')
    return response.writeHead(asked.status).end()
  })
  onTestFinished(() => void seller.close())
  await new Promise<void>((resolve) => seller.listen(0, '127.0.0.1', resolve))
  const { port } = seller.address() as AddressInfo
  const settle = async (payment: string): Promise<number> =>
    (await fetch(report, { headers: { 'payment-signature': payment } })).status
  return { url: `http://127.0.0.1:${port}/`, settleAll: () => Promise.all([...new Set(kept)].map(settle)) }
}

it('an hour after a Solana halted, the same call sends the same bytes, which the chain still takes', async () => {
  // A block in a minute, where the payer expects 150: as good as none.
  await using solana = await startSolana({ slotTimeMs: 60_000, engine: 'litesvm' })
  await using gateway = await startGateway({ solana })
  const seller = await startPatientSeller(`${gateway.url}/standard/v2/report`)
  let aheadMs = 0
  const clock = { ...systemClock, nowMs: () => Date.now() + aheadMs }
  const { keypair } = await fundSolanaWallet({ solana })
  const rpcUrls = { [SOLANA_MAINNET]: solana.rpcUrl }
  const payers = [createSolanaPayer({ account: keypair, rpcUrls, clock })]
  const { bursar } = await fundSolanaWallet({ solana }, { payers, clock, resend: { times: 0 } })
  const failed = { code: 'payment/failed', moneyState: 'sent' }
  await expect(bursar.fetch(seller.url)).rejects.toMatchObject(failed)
  aheadMs = HOUR_MS
  await expect(bursar.fetch(seller.url)).rejects.toMatchObject(failed)
  expect(await seller.settleAll()).toEqual([200])
})

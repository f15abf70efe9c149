import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SOLANA_MAINNET } from '@bursar/core'
import { createKeyPairSignerFromBytes } from '@solana/kit'
import { Keypair } from '@solana/web3.js'
import { wrapFetchWithPaymentFromConfig } from '@x402/fetch'
import { ExactSvmScheme as OfficialClient, toFacilitatorSvmSigner } from '@x402/svm'
import { ExactSvmScheme as OfficialFacilitator } from '@x402/svm/exact/facilitator'
import { afterEach, expect, it } from 'vitest'
import { fundSolanaWallet, useSolanaStack } from '../solana-stack.js'

const stack = useSolanaStack()
let stop: (() => void) | undefined
afterEach(() => stop?.())

/** A shop that has the official facilitator verify and settle. */
async function officialShop(extra: Record<string, string>): Promise<string> {
  const { solana, gateway } = stack
  const feePayer = Keypair.generate()
  await solana.fundSol(feePayer.publicKey.toBase58())
  const signer = await createKeyPairSignerFromBytes(feePayer.secretKey)
  const facilitator = new OfficialFacilitator(
    toFacilitatorSvmSigner(signer, { defaultRpcUrl: solana.rpcUrl })
  )
  const offer = {
    scheme: 'exact',
    network: SOLANA_MAINNET,
    asset: solana.usdc,
    amount: '250000',
    payTo: gateway.payTo.solana,
    maxTimeoutSeconds: 60,
    extra: { feePayer: signer.address, ...extra }
  } as const
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64')
  const server = createServer(async (request, response) => {
    const header = request.headers['payment-signature']
    if (header === undefined) {
      const challenge = { x402Version: 2, resource: { url: 'http://127.0.0.1/' }, accepts: [offer] }
      return response.writeHead(402, { 'PAYMENT-REQUIRED': encode(challenge) }).end()
    }
    const payment = JSON.parse(Buffer.from(String(header), 'base64').toString())
    const verdict = await facilitator.verify(payment, offer)
    const settled = verdict.isValid ? await facilitator.settle(payment, offer) : undefined
    return response
      .writeHead(settled?.success ? 200 : 402, { 'PAYMENT-RESPONSE': encode(settled ?? { success: false }) })
      .end(JSON.stringify({ verdict, settled }))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  stop = () => {
    server.close()
    server.closeAllConnections()
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

it.each([[{}], [{ memo: 'invoice 7' }]])(
  'the official facilitator verifies and settles what Bursar signs on Solana, %o',
  async (extra) => {
    const { address, bursar } = await fundSolanaWallet(stack)
    const response = await bursar.fetch(await officialShop(extra))
    expect(await response.json()).toMatchObject({ verdict: { isValid: true }, settled: { success: true } })
    const [transfer] = await stack.solana.settledTransfers(address)
    expect(bursar.receiptOf(response)).toMatchObject({
      moneyState: 'settled',
      amount: '0.25',
      transaction: transfer?.transaction
    })
  }
)

it('the official client pays the gateway on Solana, and the chain shows it', async () => {
  const keypair = Keypair.generate()
  const address = keypair.publicKey.toBase58()
  await stack.solana.mint(address, 1_000_000n)
  const signer = await createKeyPairSignerFromBytes(keypair.secretKey)
  const client = new OfficialClient(signer, { rpcUrl: stack.solana.rpcUrl })
  const pay = wrapFetchWithPaymentFromConfig(fetch, { schemes: [{ network: SOLANA_MAINNET, client }] })
  const response = await pay(`${stack.gateway.url}/standard/v2/report?usdc=0.05`)
  expect(await response.json()).toMatchObject({ report: 'paid' })
  expect(await stack.solana.balanceOf(address)).toBe(950_000n)
})

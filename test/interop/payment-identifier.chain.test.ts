import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import {
  decodePaymentSignatureHeader,
  encodePaymentRequiredHeader,
  encodePaymentResponseHeader
} from '@x402/core/http'
import { x402ResourceServer } from '@x402/core/server'
import { ExactEvmScheme } from '@x402/evm/exact/server'
import {
  declarePaymentIdentifierExtension,
  extractPaymentIdentifier
} from '@x402/extensions/payment-identifier'
import { createBursar } from 'bursar'
import { expect, it, onTestFinished } from 'vitest'
import { fundWallet, type Stack, useStack } from '../stack.js'
import { facilitatorOn } from './express-shop.js'

const stack = useStack()
const PAYEE = '0x00000000000000000000000000000000000b0b26'

/** What a strict server keeps of a payment: its bytes, and the answer that they bought. */
interface Kept {
  readonly header: string
  readonly receipt: string
}

/**
 * A strict server on the official resource server: it wants an identifier, keeps its answers by it, and tells another
 * payment of the same identifier from the same one. It cuts the connection of as many answers as it is told to.
 */
async function strictServer({ chain }: Stack, cuts: number) {
  const resources = new x402ResourceServer(facilitatorOn(chain)).register('eip155:8453', new ExactEvmScheme())
  await resources.initialize()
  const [terms] = await resources.buildPaymentRequirements({
    scheme: 'exact',
    price: '$0.01',
    network: 'eip155:8453',
    payTo: PAYEE
  })
  if (!terms) throw new TypeError('The official server makes no offer')
  const extensions = { 'payment-identifier': declarePaymentIdentifierExtension(true) }
  const kept = new Map<string, Kept>()
  const statuses: number[] = []
  let cutsLeft = cuts
  const answer = (response: ServerResponse, status: number, headers = {}): void => {
    if (status === 200 && cutsLeft-- > 0) return void response.socket?.destroy()
    statuses.push(status)
    response.writeHead(status, headers).end(status === 200 ? 'the answer' : '')
  }
  const server = createServer(async (request, response) => {
    const header = request.headers['payment-signature']
    if (typeof header !== 'string') {
      const url = `http://${request.headers.host}/`
      const resource = { url, description: 'x', mimeType: 'text/plain' }
      const required = await resources.createPaymentRequiredResponse([terms], resource, undefined, extensions)
      return answer(response, 402, { 'PAYMENT-REQUIRED': encodePaymentRequiredHeader(required) })
    }
    const payment = decodePaymentSignatureHeader(header)
    const id = extractPaymentIdentifier(payment)
    if (!id) return answer(response, 400)
    const known = kept.get(id)
    if (known && known.header !== header) return answer(response, 409)
    const settled = known ? undefined : await resources.settlePayment(payment, terms)
    const receipt = known?.receipt ?? encodePaymentResponseHeader(settled ?? fail())
    kept.set(id, { header, receipt })
    return answer(response, 200, { 'PAYMENT-RESPONSE': receipt })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, kept, statuses }
}

function fail(): never {
  throw new TypeError('Nothing was settled')
}

it('X20, X22, X26: a cut answer is given again to the same identifier, after a restart too, by one transfer', async () => {
  const { url, kept, statuses } = await strictServer(stack, 3)
  const { key, address } = await fundWallet(stack)
  const folder = mkdtempSync(join(tmpdir(), 'bursar-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const open = () =>
    createBursar({
      evm: key,
      limits: { payment: '0.25' },
      ledger: sqliteLedger({ path: join(folder, 'ledger.db') }),
      rpcUrls: { 'eip155:8453': stack.chain.rpcUrl },
      resend: { times: 2, backoffMs: 5 }
    })
  const first = open()
  const lost = await first.fetch(url).catch((error: unknown) => error)
  expect(lost).toMatchObject({
    code: 'payment/settled-answer-lost',
    message: expect.stringContaining('keeps its answers: the same call asks for this one')
  })
  await first.close()
  const second = open()
  onTestFinished(() => second.close())
  const answer = await second.fetch(url)
  expect([answer.status, await answer.text(), kept.size]).toEqual([200, 'the answer', 1])
  expect([...kept.keys()]).toEqual([second.receiptOf(answer)?.purchase])
  expect(statuses).not.toContain(400)
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
})

it('X23, X26: another payment of the same identifier is refused with 409, and nothing is signed again', async () => {
  const { url, kept } = await strictServer(stack, 0)
  const { address, bursar } = await fundWallet(stack)
  const taken: string[] = []
  bursar.on('reserved', ({ purchase = '' }) => {
    taken.push(purchase)
    kept.set(purchase, { header: 'of another', receipt: '' })
  })
  await expect(bursar.fetch(url)).rejects.toMatchObject({
    code: 'payment/refused',
    moneyState: 'sent',
    context: { status: 409 }
  })
  await expect(bursar.fetch(url)).rejects.toMatchObject({ context: { purchase: taken[0] } })
  expect([taken.length, (await stack.chain.authorizationsUsed(address)).length]).toEqual([1, 0])
})

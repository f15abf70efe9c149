/**
 * A server that challenges and accepts without looking at the payment, so that a benchmark measures the
 * client: `/base` and `/solana` sell, `/v1/chat/completions` sells texts on Base, `/rpc` is the node of both chains, `/rpc-calls` counts what it was asked, and every
 * prepaid balance is empty. Runs in a process of its own; prints its port.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerChat, heldChats, releaseChats } from './canned-chat.js'
import { answerRpc } from './canned-rpc.js'

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64')

interface Shop {
  readonly challenge: string
  readonly settlement: string
}

function shop(offer: { readonly network: string } & Record<string, unknown>, transaction: string): Shop {
  return {
    challenge: encode({
      x402Version: 2,
      error: 'Payment required',
      resource: { url: 'http://127.0.0.1/report', description: 'A report', mimeType: 'application/json' },
      accepts: [{ scheme: 'exact', amount: '10000', maxTimeoutSeconds: 300, ...offer }]
    }),
    settlement: encode({ success: true, transaction, network: offer.network, payer: '' })
  }
}

const shops: Readonly<Record<string, Shop>> = {
  '/base': shop(
    {
      network: 'eip155:8453',
      asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
      payTo: '0x1111111111111111111111111111111111111111',
      extra: { name: 'USD Coin', version: '2' }
    },
    `0x${'ab'.repeat(32)}`
  ),
  '/solana': shop(
    {
      network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp',
      asset: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
      payTo: 'CiDwVBFgWV9E5MvXWoLgnEgn2hK7rJikbvfWavzAQz3',
      extra: { feePayer: '2wKupLR9q6wXYppw8Gr2NvWxKBUqm4PPJKkQfoxHDBg4' }
    },
    'x'.repeat(88)
  )
}
const report = JSON.stringify({ report: 'paid', words: 'x'.repeat(500) })
let rpcCalls = 0

const server = createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (pathname === '/rpc') {
    rpcCalls++
    const answer = answerRpc(await textOf(request))
    return response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
  }
  if (pathname === '/held-chats') return response.end(String(heldChats()))
  if (pathname === '/release-chats') return response.end(String(releaseChats()))
  const isChat = pathname === '/v1/chat/completions'
  const body = isChat ? await textOf(request) : ''
  request.resume()
  if (pathname === '/rpc-calls') return response.end(String(rpcCalls))
  if (pathname.startsWith('/v1/x402/balance/')) return response.end('{"balance_usdc":"0"}')
  const shop = shops[isChat ? '/base' : pathname]
  if (!shop) return response.writeHead(404).end()
  if (search !== '?free' && request.headers['payment-signature'] === undefined) {
    return response.writeHead(402, { 'PAYMENT-REQUIRED': shop.challenge, 'content-length': 2 }).end('{}')
  }
  const answer = isChat ? await answerChat(body) : report
  const head = { 'content-type': 'application/json', 'content-length': answer.length }
  return response.writeHead(200, { 'PAYMENT-RESPONSE': shop.settlement, ...head }).end(answer)
})
server.keepAliveTimeout = 120_000
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
process.stdin.on('end', () => process.exit()).resume()

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

/**
 * A server that challenges and accepts without looking at the payment, so that a benchmark measures the
 * client. Runs in a process of its own; prints its port.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64')
const challenge = encode({
  x402Version: 2,
  error: 'Payment required',
  resource: { url: 'http://127.0.0.1/report', description: 'A report', mimeType: 'application/json' },
  accepts: [
    {
      scheme: 'exact',
      network: 'eip155:8453',
      amount: '10000',
      asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
      payTo: '0x1111111111111111111111111111111111111111',
      maxTimeoutSeconds: 300,
      extra: { name: 'USD Coin', version: '2' }
    }
  ]
})
const settlement = encode({
  success: true,
  transaction: `0x${'ab'.repeat(32)}`,
  network: 'eip155:8453',
  payer: ''
})
const report = JSON.stringify({ report: 'paid', words: 'x'.repeat(500) })

const server = createServer((request, response) => {
  request.resume()
  const free = request.url?.endsWith('?free')
  if (!free && request.headers['payment-signature'] === undefined) {
    response.writeHead(402, { 'PAYMENT-REQUIRED': challenge, 'content-length': 2 }).end('{}')
  } else {
    const head = {
      'PAYMENT-RESPONSE': settlement,
      'content-type': 'application/json',
      'content-length': report.length
    }
    response.writeHead(200, head).end(report)
  }
})
server.keepAliveTimeout = 120_000
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
process.stdin.on('end', () => process.exit()).resume()

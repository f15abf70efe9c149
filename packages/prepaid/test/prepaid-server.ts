import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeHeader, encodeHeader, formatUsdc, isJsonObject, parseUsdc } from '@bursar/core'
import { onTestFinished } from 'vitest'
import type { TestChain } from './test-chain.js'

/** How a server of prepaid balances behaves. Everything can be changed while it runs. */
export interface Behaviour {
  /** Whether top-ups are credited. */
  credits: boolean
  /** Whose balance it says was credited; the payer's if absent. */
  creditsTo?: string
  /** Whether it lists when top-ups were credited. */
  dates: boolean
  /** Whether paid top-ups are answered with a receipt. */
  receipts: boolean
  /** How many top-ups are taken and answered by a closed connection. */
  loses: number
  /** How many calls are charged and answered by a closed connection. */
  losesCalls: number
  /** Decimal USDC that a call costs. */
  price: string
  /** Whether a 402 says exactly what is missing, or only the most that can be. */
  isExact: boolean
}

interface Movement {
  readonly wallet: string
  readonly type: string
  readonly amount: string
  readonly transaction?: string
  readonly at?: string
}

/** What a top-up adds for gas, in decimal USDC. */
const GAS = '0.004'

/** A real HTTP server that keeps prepaid balances as `testService` asks for them. */
export class PrepaidServer {
  readonly behaviour: Behaviour = {
    credits: true,
    dates: false,
    receipts: true,
    loses: 0,
    losesCalls: 0,
    price: '0.9',
    isExact: true
  }
  readonly movements: Movement[] = []
  /** What arrived, such as `POST /call`. */
  readonly arrivals: string[] = []
  readonly #chain: TestChain
  #url = ''

  constructor(chain: TestChain) {
    this.#chain = chain
  }

  get url(): string {
    return this.#url
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#answer(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    this.#url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return this
  }

  /** `1_000_000n = 1 USDC` */
  balanceOf(wallet: string): bigint {
    const own = this.movements.filter((movement) => movement.wallet === wallet)
    return own.reduce((sum, { type, amount }) => sum + (type === 'debit' ? -1n : 1n) * parseUsdc(amount), 0n)
  }

  count(type: string): number {
    return this.movements.filter((movement) => movement.type === type).length
  }

  credit(wallet: string, amount: string, transaction: string): void {
    const at = this.behaviour.dates ? { at: new Date().toISOString() } : {}
    this.movements.push({ wallet, type: 'top-up', amount, transaction, ...at })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const [path = '', query = ''] = (request.url ?? '').split('?')
    this.arrivals.push(`${request.method} ${path}`)
    const wallet = String(request.headers['x-sign-in-with-x'] ?? '').replace('proof of ', '')
    if (path === '/top-up') return this.#topUp(request, response, Buffer.concat(chunks).toString())
    if (wallet === '') return void response.writeHead(401).end('{"error":{"code":"no_proof"}}')
    if (path === '/elsewhere') return void response.writeHead(302, { location: 'http://127.0.0.1:1' }).end()
    if (path.startsWith('/balance/')) return json(response, { balance: formatUsdc(this.#left(wallet)) })
    if (path.startsWith('/movements/')) return this.#list(response, wallet, query)
    return this.#call(response, wallet)
  }

  #left(wallet: string) {
    return parseUsdc(this.balanceOf(wallet) as never)
  }

  /** Two to a page, newest first. */
  #list(response: ServerResponse, wallet: string, query: string): void {
    const from = Number(new URLSearchParams(query).get('from') ?? 0)
    const own = this.movements.filter((movement) => movement.wallet === wallet).reverse()
    const page = own.slice(from, from + 2).map(({ wallet: _, ...movement }) => movement)
    json(response, { movements: page, ...(from + 2 < own.length ? { next: String(from + 2) } : {}) })
  }

  #topUp(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { amount } = JSON.parse(body) as { amount: string }
    const header = request.headers['payment-signature']
    if (typeof header === 'string') this.#takePayment(response, amount, header)
    else challenge(response, amount)
  }

  #takePayment(response: ServerResponse, amount: string, header: string): void {
    const { payload } = decodeHeader('PAYMENT-SIGNATURE', header)
    const { reference, payer } = isJsonObject(payload) ? payload : {}
    const isNew = !this.#chain.settled.has(String(reference))
    this.#chain.settled.add(String(reference))
    const transaction = `tx ${String(reference)}`
    if (isNew && this.behaviour.credits) this.credit(String(payer), amount, transaction)
    if (this.behaviour.loses > 0) {
      this.behaviour.loses--
      response.destroy()
      return
    }
    const receipt = encodeHeader({ success: true, transaction, network: 'eip155:8453' })
    const headers = this.behaviour.receipts ? { 'PAYMENT-RESPONSE': receipt } : {}
    const wallet = this.behaviour.creditsTo ?? payer ?? ''
    response.writeHead(200, headers).end(JSON.stringify({ credited: amount, wallet }))
  }

  #call(response: ServerResponse, wallet: string): void {
    const { price, isExact } = this.behaviour
    const missing = parseUsdc(price) - this.balanceOf(wallet)
    if (missing > 0n) {
      const said = isExact ? { missing: formatUsdc(missing as never) } : { atMost: price }
      response.writeHead(402).end(JSON.stringify(said))
      return
    }
    this.movements.push({ wallet, type: 'debit', amount: price })
    if (this.behaviour.losesCalls === 0) json(response, { said: 'hello' })
    else response.destroy()
    if (this.behaviour.losesCalls > 0) this.behaviour.losesCalls--
  }
}

function challenge(response: ServerResponse, amount: string): void {
  const offer = {
    scheme: 'exact',
    network: 'eip155:8453',
    amount: String(parseUsdc(amount) + parseUsdc(GAS)),
    asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    payTo: '0x1111111111111111111111111111111111111111',
    maxTimeoutSeconds: 60,
    extra: { name: 'USD Coin', version: '2', for: amount }
  }
  const required = { x402Version: 2, resource: { url: 'http://127.0.0.1/' }, accepts: [offer] }
  response.writeHead(402, { 'PAYMENT-REQUIRED': encodeHeader(required) }).end()
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

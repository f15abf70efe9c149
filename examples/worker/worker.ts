/**
 * A Cloudflare Worker that buys a report and hands it on. One Durable Object buys for all requests, so that they share one
 * budget. `wrangler secret put EVM_PRIVATE_KEY` sets the key, and wrangler.toml the rest.
 */
import { type Bursar, bursarErrorOf, createBursar } from 'bursar'

/** What wrangler.toml and the secrets say. */
interface Env {
  readonly EVM_PRIVATE_KEY: string
  readonly REPORT_URL: string
  readonly RPC_URL: string
  readonly BUYER: {
    getByName(name: string): { fetch(request: Request): Promise<Response> }
  }
}

/** Buys, within limits that hold for as long as the object lives. */
export class Buyer {
  readonly #bursar: Bursar
  readonly #reportUrl: string

  constructor(_state: unknown, { EVM_PRIVATE_KEY, REPORT_URL, RPC_URL }: Env) {
    this.#reportUrl = REPORT_URL
    this.#bursar = createBursar({
      evm: EVM_PRIVATE_KEY,
      limits: { payment: '0.01', day: '0.02' },
      rpcUrls: { 'eip155:8453': RPC_URL },
      ledger: 'memory'
    })
  }

  async fetch(request: Request): Promise<Response> {
    try {
      const report = await this.#bursar.fetch(this.#reportUrl, { signal: request.signal })
      const receipt = this.#bursar.receiptOf(report)
      return Response.json({ report: await report.text(), paid: receipt?.amount })
    } catch (error) {
      const failure = bursarErrorOf(error)
      if (!failure) throw error
      return Response.json({ error: failure.code, money: failure.moneyState }, { status: 503 })
    }
  }
}

export default {
  fetch: (request: Request, env: Env): Promise<Response> => env.BUYER.getByName('buyer').fetch(request)
}

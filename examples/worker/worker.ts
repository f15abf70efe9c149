/**
 * A Cloudflare Worker that buys a report and hands it on. The ledger is a Durable Object, so that all requests share one
 * budget, which outlives them. `wrangler secret put EVM_PRIVATE_KEY` sets the key, and wrangler.toml the rest.
 */
import { bursarErrorOf, createBursar } from 'bursar'
import { durableObjectLedger, type ObjectNamespace } from 'bursar/durable-object'

export { LedgerObject } from 'bursar/durable-object'

/** What wrangler.toml and the secrets say. */
interface Env {
  readonly EVM_PRIVATE_KEY: string
  readonly REPORT_URL: string
  readonly RPC_URL: string
  readonly LEDGER: ObjectNamespace
}

export default {
  async fetch(request: Request, { EVM_PRIVATE_KEY, REPORT_URL, RPC_URL, LEDGER }: Env): Promise<Response> {
    const bursar = createBursar({
      evm: EVM_PRIVATE_KEY,
      limits: { payment: '0.01', day: '0.02' },
      rpcUrls: { 'eip155:8453': RPC_URL },
      ledger: durableObjectLedger({ namespace: LEDGER })
    })
    try {
      const report = await bursar.fetch(REPORT_URL, { signal: request.signal })
      const receipt = bursar.receiptOf(report)
      return Response.json({ report: await report.text(), paid: receipt?.amount })
    } catch (error) {
      const failure = bursarErrorOf(error)
      if (!failure) throw error
      return Response.json({ error: failure.code, money: failure.moneyState }, { status: 503 })
    } finally {
      await bursar.close()
    }
  }
}

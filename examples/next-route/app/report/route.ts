/**
 * A route of Next that buys a report and hands it on: `GET /report`. The environment has EVM_PRIVATE_KEY, REPORT_URL and
 * RPC_URL. It runs on the edge too (`runtime = 'edge'`), where each isolate has a budget of its own.
 */
import { type Bursar, bursarErrorOf, createBursar } from 'bursar'

export const runtime = 'nodejs'
/** What is bought is bought for this request, and not while the application is built. */
export const dynamic = 'force-dynamic'

let bursar: Bursar | undefined

/** One for all requests of this process, so that they share one budget. Without `ledger` it is kept in a file, for all processes. */
function buyer(): Bursar {
  bursar ??= createBursar({
    evm: process.env.EVM_PRIVATE_KEY,
    limits: { payment: '0.01', day: '0.02' },
    rpcUrls: { 'eip155:8453': process.env.RPC_URL ?? '' },
    ledger: 'memory'
  })
  return bursar
}

export async function GET(request: Request): Promise<Response> {
  const { fetch, receiptOf } = buyer()
  try {
    const report = await fetch(process.env.REPORT_URL ?? '', { signal: request.signal })
    return Response.json({ report: await report.text(), paid: receiptOf(report)?.amount })
  } catch (error) {
    const failure = bursarErrorOf(error)
    if (!failure) throw error
    return Response.json({ error: failure.code, money: failure.moneyState }, { status: 503 })
  }
}

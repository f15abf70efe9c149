/**
 * A program that pays what it is told to on its standard input, a line of JSON a call, and says what came of each. Told who pays
 * and with what ledger in FAULTS_PAYER.
 */
import { createInterface } from 'node:readline'
import { bursarErrorOf, createBursar } from 'bursar'

const { ledger, evmKey, rpcUrls, limits } = JSON.parse(process.env.FAULTS_PAYER ?? '{}')
const bursar = createBursar({
  evm: evmKey,
  limits,
  rpcUrls,
  resend: { times: 1, backoffMs: 20 },
  ledger: await openLedger()
})
const say = (told) => process.stdout.write(`${JSON.stringify(told)}\n`)
say({ ready: process.pid })
const calls = []
for await (const line of createInterface({ input: process.stdin })) calls.push(buy(JSON.parse(line)))
await Promise.all(calls)
await bursar.close()

async function openLedger() {
  if (ledger.url === undefined) return (await import('@bursar/ledger/sqlite')).sqliteLedger(ledger)
  return (await import('@bursar/ledger/postgres')).postgresLedger(ledger)
}

/** @param {{ id: number, url: string, headers: Record<string, string>, purchase?: string }} call */
async function buy({ id, url, headers, purchase }) {
  try {
    const response = await bursar.fetch(url, { headers, bursar: purchase === undefined ? {} : { purchase } })
    await response.text()
    say({ id, status: response.status, resumed: bursar.receiptOf(response)?.resumed })
  } catch (error) {
    const { code = String(error), moneyState } = bursarErrorOf(error) ?? {}
    say({ id, code, moneyState })
  }
}

/**
 * A paying program that may be killed at any instant: buys its purchases by name, again and again until each is
 * answered, and starts where the one before it was killed. Told everything in FAULTS_CHILD.
 */
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { createSolanaPayer } from '@bursar/solana'
import { bursarErrorOf, createBursar } from 'bursar'

const { ledger, evmKey, solanaSeed, rpcUrls, slotTimeMs, limits, purchases, killAt } = JSON.parse(
  process.env.FAULTS_CHILD ?? '{}'
)
const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
const bursar = createBursar({
  evm: evmKey,
  payers: [createSolanaPayer({ account: solanaSeed, rpcUrls: { [SOLANA]: rpcUrls[SOLANA] }, slotTimeMs })],
  limits,
  rpcUrls,
  maxValiditySeconds: 60,
  resend: { times: 1, backoffMs: 5 },
  timeouts: { replacementMs: 0 },
  ledger: sqliteLedger({ path: ledger })
})
if (killAt) {
  let left = killAt.count
  bursar.on(killAt.step, () => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL')
  })
}
await bursar.recover()
await Promise.all(purchases.map(buy))
await bursar.close()

/** @param {{ name: string, url: string, fault?: string, network: string, attempts: number }} purchase */
async function buy({ name, url, fault, network, attempts }) {
  const headers = fault ? { 'X-Gateway-Fault': fault } : {}
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const response = await bursar.fetch(url, { headers, bursar: { purchase: name, prefer: [network] } })
      await response.text()
      if (response.ok) return
    } catch (error) {
      // An answer that breaks off fails its reader with the network's own error.
      const code = bursarErrorOf(error)?.code ?? 'answer-cut'
      if (code === 'purchase/already-settled' || code === 'offer/over-limit') return
    }
  }
}

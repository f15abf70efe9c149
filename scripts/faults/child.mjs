/**
 * A paying program that may be killed at any instant: buys its purchases again and again until each is answered, and starts
 * where the one before it was killed. Told everything in FAULTS_CHILD.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createSolanaPayer } from '@bursar/solana'
import { bursarErrorOf, createBursar } from 'bursar'

const told = JSON.parse(process.env.FAULTS_CHILD ?? '{}')
const {
  ledger,
  evmKey,
  solanaSeed,
  rpcUrls,
  slotTimeMs,
  limits,
  purchases,
  killAt,
  isKilled,
  recovers,
  answersFile
} = told
const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
const bursar = createBursar({
  evm: evmKey,
  payers: [createSolanaPayer({ account: solanaSeed, rpcUrls: { [SOLANA]: rpcUrls[SOLANA] }, slotTimeMs })],
  limits,
  rpcUrls,
  maxValiditySeconds: 60,
  resend: { times: 1, backoffMs: 5 },
  timeouts: { replacementMs: 0 },
  ledger: await openLedger()
})
if (killAt) {
  let left = killAt.count
  bursar.on(killAt.step, () => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL')
  })
}
if (isKilled) process.stdout.write('ready\n')
if (recovers) await bursar.recover()
const answered = new Set(existsSync(answersFile) ? readFileSync(answersFile, 'utf8').split('\n') : [])
await Promise.all(purchases.filter(({ call }) => !answered.has(call)).map(buy))
// One that was not to be killed ends as programs do. The others never come to that.
if (isKilled) process.kill(process.pid, 'SIGKILL')
await bursar.close()

async function openLedger() {
  if ('url' in ledger) return (await import('@bursar/ledger/postgres')).postgresLedger(ledger)
  return (await import('@bursar/ledger/sqlite')).sqliteLedger(ledger)
}

/** @param {{ call: string, isNamed: boolean, url: string, fault?: string, network: string, attempts: number }} purchase */
async function buy({ call, isNamed, url, fault, network, attempts }) {
  const headers = fault ? { 'X-Gateway-Fault': fault } : {}
  const options = { labels: { call }, prefer: [network], ...(isNamed ? { purchase: call } : {}) }
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const response = await bursar.fetch(url, { headers, bursar: options })
      await response.text()
      if (!response.ok) continue
      // Who has an answer does not ask again, also after a restart.
      appendFileSync(answersFile, `${call}\n`)
      return
    } catch (error) {
      // An answer that breaks off fails its reader with the network's own error.
      const code = bursarErrorOf(error)?.code ?? 'answer-cut'
      if (code === 'purchase/already-settled' || code === 'offer/over-limit') return
    }
  }
}

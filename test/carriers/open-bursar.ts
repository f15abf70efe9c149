import { memoryLedger } from '@bursar/ledger'
import { type Bursar, createBursar } from 'bursar'
import { onTestFinished } from 'vitest'

/** Opens a bursar that pays on Base, with a chain that nobody can ask. It is closed when the test ends. */
export function openBursar(): Bursar {
  const bursar = createBursar({
    limits: { payment: '0.25', day: '5' },
    evm: '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
    rpcUrls: { 'eip155:8453': 'http://127.0.0.1:9' },
    ledger: memoryLedger()
  })
  onTestFinished(() => bursar.close())
  return bursar
}

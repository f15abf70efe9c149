import { BASE, SOLANA_MAINNET } from '@bursar/core'
import type { Stack, StackWallets } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import bs58 from 'bs58'
import { startChild } from './start-child.js'

/** What every seller asks, decimal and atomic. */
export const PRICE = '0.0123'
export const ATOMIC_PRICE = 12_300n

/** A `test` with a stack, and the address of the official facilitators on it. */
export const sellerTest = stackTest().extend<{ $file: { facilitator: string } }>({
  facilitator: [
    async ({ stack }, use) => {
      const child = await startFacilitator(stack)
      await use(child.url)
      child.stop()
    },
    { scope: 'file' }
  ]
})

/** With a wallet of its own that pays for gas. */
async function startFacilitator(stack: Stack) {
  const { base, solana } = await stack.newWallet()
  const secretKey = [...bs58.decode(solana?.privateKey ?? '')]
  return startChild('facilitator', {
    base: { network: BASE, rpcUrl: stack.base?.rpcUrl, privateKey: base?.privateKey },
    solana: { network: SOLANA_MAINNET, rpcUrl: stack.solana?.rpcUrl, secretKey }
  })
}

/** What a seller is told. */
export function sellerConfig(
  { base, solana }: Stack,
  { facilitator, payee, version }: { facilitator: string; payee: StackWallets; version: 1 | 2 }
): object {
  return {
    version,
    facilitator,
    price: PRICE,
    atomicPrice: String(ATOMIC_PRICE),
    base: { network: BASE, asset: base?.usdc, payTo: payee.base?.address },
    solana: { network: SOLANA_MAINNET, asset: solana?.usdc, payTo: payee.solana?.address }
  }
}

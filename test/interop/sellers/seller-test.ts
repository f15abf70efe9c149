import { BASE, SOLANA_MAINNET } from '@bursar/core'
import type { Stack, StackWallets } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import bs58 from 'bs58'
import { type Child, startChild } from './start-child.js'

/** What every seller asks, decimal and atomic. */
export const PRICE = '0.0123'
export const ATOMIC_PRICE = 12_300n

/** Pays a URL once by a client that somebody else publishes, and returns the answer's status and text. */
type PayByControl = (client: string, url: string) => Promise<[number, string]>

/** A `test` with a stack, the address of the official facilitators on it, and the clients of others. */
export const sellerTest = stackTest().extend<{ $file: { facilitator: string; payByControl: PayByControl } }>({
  facilitator: [
    async ({ stack }, use) => {
      const child = await startWithWallet(stack, 'facilitator')
      await use(child.url)
      child.stop()
    },
    { scope: 'file' }
  ],
  payByControl: [
    async ({ stack }, use) => {
      const child = await startWithWallet(stack, 'control')
      await use(async (client, url) => {
        const response = await fetch(`${child.url}/?${new URLSearchParams({ client, url })}`)
        return [response.status, await response.text()]
      })
      child.stop()
    },
    { scope: 'file' }
  ]
})

/** Starts a program that has a wallet of its own, with USDC and with what pays for gas. */
async function startWithWallet(stack: Stack, program: string): Promise<Child> {
  const { base, solana } = await stack.newWallet()
  const secretKey = [...bs58.decode(solana?.privateKey ?? '')]
  return startChild(program, {
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

import { type Gateway, startGateway } from '@bursar/gateway'
import { startBase } from '@bursar/localchain'
import { startSolana } from '@bursar/localchain/solana'
import { onBase, onSolana, type Wallet } from './wallet.js'

/** The chains that the demo can run on. */
export type ChainName = 'base' | 'solana'

/** Local chains, a funded wallet on each, and a gateway that settles on them. */
export interface Stack extends AsyncDisposable {
  readonly gateway: Gateway
  readonly wallets: readonly Wallet[]
}

/** Starts the stack, and stops it when disposed of or when the process is interrupted. */
export async function startStack(names: readonly ChainName[]): Promise<Stack> {
  const base = names.includes('base') ? await startBase() : undefined
  const solana = names.includes('solana') ? await startSolana() : undefined
  const gateway = await startGateway({ ...(base ? { base } : {}), ...(solana ? { solana } : {}) })
  const stop = async (): Promise<void> => {
    await gateway.stop()
    await Promise.all([base?.stop(), solana?.stop()])
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143)))
  }
  if (base) console.log(`Base       ${base.rpcUrl}  anvil with Circle's USDC, chain ${base.chainId}`)
  if (solana) console.log(`Solana     ${solana.rpcUrl}  USDC at its mainnet address`)
  console.log(`Gateway    ${gateway.url}`)
  const wallets = [
    ...(base ? [await onBase(base, gateway.payTo.base)] : []),
    ...(solana ? [await onSolana(solana, gateway.payTo.solana)] : [])
  ]
  return { gateway, wallets, [Symbol.asyncDispose]: stop }
}

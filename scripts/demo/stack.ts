import { type Gateway, type StackOptions, startStack as startLocalStack } from '@bursar/gateway'
import type { Wallet } from './wallet.js'

/** The chains that the demo can run on. */
export type ChainName = 'base' | 'solana'

/** Local chains, a funded wallet on each, and a gateway that settles on them. */
export interface Stack extends AsyncDisposable {
  readonly gateway: Gateway
  readonly wallets: readonly Wallet[]
}

/** Starts the stack, and stops it when disposed of or when the process is interrupted. */
export async function startStack(names: readonly ChainName[]): Promise<Stack> {
  const options: StackOptions = { base: names.includes('base'), solana: names.includes('solana'), funds: '1' }
  const { base, solana, gateway, wallets, env, stop } = await startLocalStack(options)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143)))
  }
  if (base) console.log(`Base       ${base.rpcUrl}  anvil with Circle's USDC, chain ${base.chainId}`)
  if (solana) console.log(`Solana     ${solana.rpcUrl}  USDC at its mainnet address`)
  console.log(`Gateway    ${gateway.url}`)
  const onBase: Wallet[] =
    base && wallets.base
      ? [
          {
            network: 'eip155:8453',
            payer: wallets.base.address,
            payee: gateway.payTo.base,
            rpcUrl: base.rpcUrl,
            keys: { evm: env.EVM_PRIVATE_KEY as `0x${string}` },
            balanceOf: (address) => base.balanceOf(address as `0x${string}`)
          }
        ]
      : []
  const onSolana: Wallet[] =
    solana && wallets.solana
      ? [
          {
            network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp',
            payer: wallets.solana.address,
            payee: gateway.payTo.solana,
            rpcUrl: solana.rpcUrl,
            keys: { solana: wallets.solana.privateKey },
            balanceOf: solana.balanceOf
          }
        ]
      : []
  return { gateway, wallets: [...onBase, ...onSolana], [Symbol.asyncDispose]: stop }
}

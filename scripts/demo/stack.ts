import { type Gateway, startGateway } from '@bursar/gateway'
import { type BaseChain, startBase } from '@bursar/localchain'

/** A local chain and a gateway that settles on it. */
export interface Stack extends AsyncDisposable {
  readonly chain: BaseChain
  readonly gateway: Gateway
}

/** Starts the stack, and stops it when disposed of or when the process is interrupted. */
export async function startStack(): Promise<Stack> {
  const chain = await startBase()
  const gateway = await startGateway({ base: chain })
  const stop = async (): Promise<void> => {
    await gateway.stop()
    await chain.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143)))
  }
  console.log(`anvil with Circle's USDC   ${chain.rpcUrl}  (chain ${chain.chainId})`)
  console.log(`gateway                    ${gateway.url}`)
  return { chain, gateway, [Symbol.asyncDispose]: stop }
}

import { walletError } from '@bursar/core/page-wallet'
import { walletProblem } from '@bursar/core/wallet-problem'
import { walletWords } from '@bursar/core/wallet-words'
import type { EvmProvider } from '../rpc/evm-transport.js'

/**
 * Sees that a wallet is on the chain of what it is to sign: wallets sign typed data for the chain that they are on alone.
 *
 * @param chainId `8453`
 * @param mayAsk whether it is asked to change to the chain. Its user may decline.
 * @throws an error with a code of EIP-1193.
 * @see EIP-3326
 */
export async function moveToChain(provider: EvmProvider, chainId: number, mayAsk: boolean): Promise<void> {
  const before = await chainOf(provider)
  if (before === chainId) return
  if (!mayAsk) throw wrongChain({ before, chainId })
  try {
    const params = [{ chainId: `0x${chainId.toString(16)}` }]
    await provider.request({ method: 'wallet_switchEthereumChain', params })
  } catch (cause) {
    if (walletProblem(cause) === 'declined') throw cause
    throw wrongChain({ before, chainId, words: walletWords(cause) })
  }
  // Some wallets answer and stay where they are.
  if ((await chainOf(provider)) !== chainId) throw wrongChain({ before, chainId })
}

async function chainOf(provider: EvmProvider): Promise<number> {
  return Number(await provider.request({ method: 'eth_chainId' }))
}

interface WrongChain {
  readonly before: number
  readonly chainId: number
  readonly words?: string | undefined
}

function wrongChain({ before, chainId, words }: WrongChain): Error {
  const said = words === undefined ? '' : ` (${words})`
  return walletError(
    'wrong-network',
    `it is on chain ${before}, and the payment is on chain ${chainId}${said}; change it there`
  )
}

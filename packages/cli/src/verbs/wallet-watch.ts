import { parseWatchedAddress, type WatchedAddress } from '@bursar/keystore'
import type { CommandContext } from '../context.js'
import { checkUsage, throwUsage, UsageError } from '../usage-error.js'
import { changeKeys, openKeyStore } from '../wallet/wallet-keys.js'

/** Keeps addresses to look at, under the name of a wallet. Nothing can be signed with it. */
export async function watchWallet(
  context: CommandContext,
  wallet: string,
  texts: readonly string[],
  { json }: { readonly json?: boolean }
): Promise<void> {
  const addresses = checkUsage(() => texts.map(parseWatchedAddress))
  assertOneForEach(addresses)
  const store = openKeyStore(context)
  const kept = await changeKeys(context, async () => {
    if (await store.has(wallet).catch(throwUsage))
      throw new UsageError(`There is a wallet ${wallet} already. Nothing was written`)
    const written = []
    for (const { chain, address } of addresses) written.push(await store.watch(wallet, chain, address))
    return written
  })
  const keys = kept.map(({ chain, address }) => ({ wallet, chain, address, watchOnly: true }))
  if (json) return context.out(`${JSON.stringify({ keys })}\n`)
  for (const { chain, address } of kept) context.out(`${wallet}  ${chain}  ${address}\n`)
  context.err(`Look at it with --wallet ${wallet} before balance or doctor. It cannot pay.\n`)
}

function assertOneForEach(addresses: readonly WatchedAddress[]): void {
  if (new Set(addresses.map(({ chain }) => chain)).size === addresses.length) return
  throw new UsageError('A wallet has one address for EVM and one for Solana: watch others under other names')
}

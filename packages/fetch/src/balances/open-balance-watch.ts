import { type BalanceWatch, loadOnce } from '@bursar/core'
import type { EventHub } from '../events.js'
import type { PayingFetchOptions } from '../options.js'
import type { LowBalances, WatchParts } from './low-balances.js'

/** A watch that ends with its bursar. */
export interface OpenBalanceWatch extends BalanceWatch {
  stop(): void
}

/** Opens the watch of balances, which is loaded with the first that is read or paid from. @returns `undefined` without an amount. */
export function openBalanceWatch(
  { lowBalance }: Pick<PayingFetchOptions, 'lowBalance'>,
  { on }: EventHub,
  parts: WatchParts
): OpenBalanceWatch | undefined {
  if (!lowBalance) return undefined
  const load = loadOnce(async () => new (await import('./low-balances.js')).LowBalances(lowBalance, parts))
  // What is not noted now is noted with the next payment.
  const tell = (use: (watch: LowBalances) => unknown): void =>
    void load()
      .then(use)
      .catch(() => {})
  on('settled', (event) => tell((watch) => watch.noteSettled(event)))
  return {
    saw: (...seen) => tell((watch) => watch.saw(...seen)),
    spent: (...paid) => tell((watch) => watch.spent(...paid)),
    stop: () => tell((watch) => watch.stop())
  }
}

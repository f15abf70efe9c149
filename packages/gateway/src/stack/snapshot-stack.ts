import type { Gateway } from '../gateway.js'
import type { StackClock } from './stack-clock.js'
import type { StackHome } from './stack-home.js'
import type { Chains } from './start-chains.js'

/** What has a state in a stack. */
export interface StackState {
  readonly chains: Chains
  readonly gateway: Gateway
  readonly clock: StackClock
  readonly home: StackHome
}

/**
 * Remembers chains, ledgers and clock.
 *
 * @returns a function that restores them, and lets the gateway forget what it has seen. It can be called again.
 */
export async function snapshotStack({
  chains: { base, solana },
  gateway,
  clock,
  home
}: StackState): Promise<() => Promise<void>> {
  const { aheadSeconds } = clock
  const restorers = await Promise.all([base?.snapshot(), solana?.snapshot(), home.snapshot()])
  return async () => {
    await Promise.all(restorers.map((restore) => restore?.()))
    // Solana is back at the machine's time.
    if (aheadSeconds > 0) await solana?.increaseTime(aheadSeconds)
    gateway.reset()
    clock.aheadSeconds = aheadSeconds
  }
}

const YEAR_SECONDS = 366 * 86_400

/** @throws {TypeError} when the seconds are not a whole number above zero, or more than a year. */
export async function travel(
  { chains: { base, solana }, clock }: StackState,
  seconds: number
): Promise<void> {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > YEAR_SECONDS)
    throw new TypeError(`travel: give whole seconds from 1 to ${YEAR_SECONDS}, not ${seconds}`)
  await Promise.all([base?.increaseTime(seconds), solana?.increaseTime(seconds)])
  clock.aheadSeconds += seconds
}

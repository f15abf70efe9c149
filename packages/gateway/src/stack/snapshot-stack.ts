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

/** What a stack does with its state. One thing is done at a time, in the order in which they are asked for. */
export interface StackTime {
  /** @throws {TypeError} when the seconds are not a whole number above zero, or more than a year, or the stack was stopped. */
  travel(seconds: number): Promise<void>
  /**
   * Remembers chains, ledgers and clock.
   *
   * @param what the name of the function that restores them, for its errors.
   * @returns a function that restores them, and lets the gateway forget what it has seen. It can be called again.
   * @throws {TypeError} when the stack was stopped.
   */
  snapshot(what?: string): Promise<() => Promise<void>>
  /** @throws {TypeError} when the stack was stopped. */
  assertRunning(what: string): void
  /** Refuses what is asked for from now on. */
  stop(): void
}

const YEAR_SECONDS = 366 * 86_400

/** Creates what remembers and restores the state of a stack. */
export function createStackTime(state: StackState): StackTime {
  let isStopped = false
  let last: Promise<unknown> = Promise.resolve()
  // Snapshots that can be restored, oldest first. The chains forget those that were made after the one that is restored.
  let kept: readonly object[] = []
  const assertRunning = (what: string): void => {
    if (isStopped) throw new TypeError(`${what}: the stack was stopped`)
  }
  const inTurn = <Value>(what: string, act: () => Promise<Value>): Promise<Value> => {
    const done = last.then(() => {
      assertRunning(what)
      return act()
    })
    last = done.catch(() => {})
    return done
  }
  return {
    travel: (seconds) => inTurn('travel', () => travel(state, seconds)),
    snapshot: (what = 'restore') =>
      inTurn('snapshot', async () => {
        const restore = await snapshotStack(state)
        kept = [...kept, restore]
        return () =>
          inTurn(what, async () => {
            const at = kept.indexOf(restore)
            if (at < 0)
              throw new TypeError(
                'restore: an earlier snapshot was restored since this one was made, which ended it'
              )
            kept = kept.slice(0, at + 1)
            await restore()
          })
      }),
    assertRunning,
    stop: () => {
      isStopped = true
    }
  }
}

async function snapshotStack({
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

async function travel({ chains: { base, solana }, clock }: StackState, seconds: number): Promise<void> {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > YEAR_SECONDS)
    throw new TypeError(`travel: give whole seconds from 1 to ${YEAR_SECONDS}, not ${seconds}`)
  await Promise.all([base?.increaseTime(seconds), solana?.increaseTime(seconds)])
  clock.aheadSeconds += seconds
}

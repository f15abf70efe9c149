import { type Clock, systemClock } from '@bursar/core'

interface Sleeper {
  readonly untilMs: number
  wake(): void
}

/** A clock that stands still until a test lets time pass. */
export function heldClock(): { readonly clock: Clock; pass(ms: number): Promise<void> } {
  let passedMs = 0
  const sleepers = new Set<Sleeper>()
  const sleep: Clock['sleep'] = (ms, signal) =>
    new Promise((resolve, reject) => {
      const sleeper: Sleeper = { untilMs: passedMs + ms, wake: resolve }
      sleepers.add(sleeper)
      const giveUp = (): void => {
        sleepers.delete(sleeper)
        reject(signal?.reason)
      }
      sleeper.wake = () => {
        signal?.removeEventListener('abort', giveUp)
        resolve()
      }
      signal?.addEventListener('abort', giveUp)
    })
  /** Wakes who sleeps until then, one after the other, so that each can sleep again. */
  const pass = async (ms: number): Promise<void> => {
    const endMs = passedMs + ms
    for (;;) {
      const [first] = [...sleepers].toSorted((a, b) => a.untilMs - b.untilMs)
      if (!first || first.untilMs > endMs) break
      passedMs = first.untilMs
      sleepers.delete(first)
      first.wake()
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
    }
    passedMs = endMs
  }
  return { clock: { nowMs: () => systemClock.nowMs() + passedMs, sleep }, pass }
}

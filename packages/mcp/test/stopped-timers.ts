import { onTestFinished, vi } from 'vitest'

/**
 * Stops timers, so that the time of an SDK's caller is over when a test says so and not when its machine is busy.
 *
 * @returns lets so many milliseconds pass, and timers go on.
 */
export function stopTimers(): (ms: number) => void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  return (ms) => {
    vi.advanceTimersByTime(ms)
    vi.useRealTimers()
  }
}

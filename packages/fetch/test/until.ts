import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until something is so. The deadline ends a test that hangs; it measures nothing. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + 25_000
  while (!(await isSo())) {
    if (Date.now() > deadlineMs) throw new TypeError('It never came to be')
    await sleep(5)
  }
}

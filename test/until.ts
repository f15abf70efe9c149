import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until a condition holds. The deadline only ends a test that hangs. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + 60_000
  while (!(await isSo())) {
    if (Date.now() > deadlineMs) throw new TypeError('The condition never held')
    await sleep(5)
  }
}

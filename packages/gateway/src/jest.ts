import { afterAll, expect, test } from '@jest/globals'
import type { StackMatchers } from './assertions/matcher-types.js'
import { stackMatchers } from './assertions/matchers.js'
import { lazyStack } from './stack/lazy-stack.js'
import type { Stack } from './stack/stack.js'
import type { StackWallets } from './stack/stack-wallets.js'
import type { StackOptions } from './stack/start-stack.js'

declare module 'expect' {
  interface Matchers<R, T> extends StackMatchers<Promise<void>> {}
}

/** What a test is given. */
export interface StackFixtures {
  readonly stack: Stack
  /** New for each test, with 5 USDC. */
  readonly wallets: StackWallets
}

/** Runs a test of jest with a stack and wallets. The timeout is in milliseconds. */
export type StackTest = (
  name: string,
  run: (fixtures: StackFixtures) => Promise<void> | void,
  timeoutMs?: number
) => void

/** Enough for the first test, which starts the stack, on a busy machine. */
const TIMEOUT_MS = 60_000

/**
 * Makes a `test` whose functions are given a stack and wallets, and adds `toHavePaidOnce` and `toHaveSpent` to
 * `expect`. The stack starts for the first test of a file, and ends after the last. Jest runs it with
 * `NODE_OPTIONS=--experimental-vm-modules`.
 *
 * @example
 * ```ts
 * const test = stackTest({ solana: false })
 *
 * test('my agent pays for its image', async ({ wallets }) => {
 *   await runAgent({ env: wallets.env })
 *   await expect(wallets).toHavePaidOnce()
 * })
 * ```
 */
export function stackTest(options: StackOptions = {}): StackTest {
  expect.extend(stackMatchers)
  const lazy = lazyStack(options)
  afterAll(lazy.stop, TIMEOUT_MS)
  return (name, run, timeoutMs = TIMEOUT_MS) =>
    test(
      name,
      async () => {
        const stack = await lazy.start()
        await run({ stack, wallets: await stack.newWallet() })
      },
      timeoutMs
    )
}

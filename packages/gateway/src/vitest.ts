import { expect, test } from 'vitest'
import type { StackMatchers } from './assertions/matcher-types.js'
import { stackMatchers } from './assertions/matchers.js'
import { lazyStack } from './stack/lazy-stack.js'
import type { Stack } from './stack/stack.js'
import type { StackWallets } from './stack/stack-wallets.js'
import type { StackOptions } from './stack/start-stack.js'

export { stackMatchers } from './assertions/matchers.js'

declare module 'vitest' {
  interface Matchers<T> extends StackMatchers<Promise<void>> {}
}

/**
 * Makes a `test` whose functions are given a stack and wallets, and adds `toHavePaidOnce` and `toHaveSpent` to
 * `expect`. The stack starts for the first test of a file that uses it, and ends after the last. The wallets are new
 * for every test that uses them, with 5 USDC.
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
export function stackTest(options: StackOptions = {}) {
  expect.extend(stackMatchers)
  return test.extend<{ $file: { stack: Stack }; $test: { wallets: StackWallets } }>({
    stack: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of the fixtures that a fixture uses
      async ({}, use) => {
        const { start, stop } = lazyStack(options)
        await use(await start())
        await stop()
      },
      { scope: 'file' }
    ],
    wallets: async ({ stack }, use) => use(await stack.newWallet())
  })
}

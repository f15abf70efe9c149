import { expect as baseExpect, test } from '@playwright/test'
import { stackMatchers } from './assertions/matchers.js'
import { lazyStack } from './stack/lazy-stack.js'
import type { Stack } from './stack/stack.js'
import type { StackWallets } from './stack/stack-wallets.js'
import type { StackOptions } from './stack/start-stack.js'

/** Playwright's `expect`, with `toHavePaidOnce` and `toHaveSpent`. */
export const expect = baseExpect.extend(stackMatchers)

/**
 * Makes a `test` whose functions are given a stack and wallets, beside Playwright's own fixtures. Each worker of
 * Playwright has a stack of its own. The wallets are new for every test that uses them, with 5 USDC.
 *
 * @example
 * ```ts
 * const test = stackTest({ solana: false })
 *
 * test('a page sells a report', async ({ page, stack, wallets }) => {
 *   await page.goto(`http://127.0.0.1:3000/?key=${wallets.base?.privateKey}`)
 *   await page.getByRole('button', { name: 'Buy' }).click()
 *   await expect(wallets).toHavePaidOnce()
 * })
 * ```
 */
export function stackTest(options: StackOptions = {}) {
  return test.extend<{ wallets: StackWallets }, { stack: Stack }>({
    stack: [
      // Playwright reads the names of what a fixture uses from its parameter. This one uses nothing.
      async ({ browserName: _ }, use) => {
        const { start, stop } = lazyStack(options)
        await use(await start())
        await stop()
      },
      { scope: 'worker' }
    ],
    wallets: async ({ stack }, use) => use(await stack.newWallet())
  })
}

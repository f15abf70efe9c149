import assert from 'node:assert/strict'
import { after, type TestContext, test } from 'node:test'
import { type Paying, paymentsOf } from './assertions/payments-of.js'
import { paidOnce, spent, type Verdict } from './assertions/verdict.js'
import { lazyStack } from './stack/lazy-stack.js'
import type { Stack } from './stack/stack.js'
import type { StackWallets } from './stack/stack-wallets.js'
import type { StackOptions } from './stack/start-stack.js'

/** What a test is given. */
export interface StackFixtures {
  readonly stack: Stack
  /** New for each test, with 5 USDC. */
  readonly wallets: StackWallets
}

/** Runs a test of `node:test` with a stack and wallets. */
export type StackTest = (
  name: string,
  run: (fixtures: StackFixtures, context: TestContext) => Promise<void> | void
) => void

/**
 * Makes a `test` whose functions are given a stack and wallets. The stack starts for the first test of a file, and
 * ends after the last.
 *
 * @example
 * ```ts
 * const test = stackTest({ solana: false })
 *
 * test('my agent pays for its image', async ({ wallets }) => {
 *   await runAgent({ env: wallets.env })
 *   await assertPaidOnce(wallets)
 * })
 * ```
 */
export function stackTest(options: StackOptions = {}): StackTest {
  const lazy = lazyStack(options)
  after(lazy.stop)
  return (name, run) =>
    void test(name, async (context) => {
      const stack = await lazy.start()
      await run({ stack, wallets: await stack.newWallet() }, context)
    })
}

/**
 * Asserts that exactly one payment has settled: of a wallet, of the wallets of a test, or of a stack's own.
 *
 * @throws {AssertionError} that says what was paid instead.
 */
export async function assertPaidOnce(paying: Paying): Promise<void> {
  assertVerdict(paidOnce(await paymentsOf(paying)))
}

/**
 * Asserts that the payments that have settled come to a sum.
 *
 * @param usdc decimal USDC.
 * @throws {AssertionError} that says what was paid instead.
 */
export async function assertSpent(paying: Paying, usdc: string): Promise<void> {
  assertVerdict(spent(await paymentsOf(paying), usdc))
}

function assertVerdict({ pass, message }: Verdict): void {
  if (!pass) assert.fail(message())
}

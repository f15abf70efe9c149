import { test } from 'vitest'
import { type Stack, type StackOptions, startStack } from './stack/start-stack.js'

/**
 * Makes a `test` whose functions are handed a stack: started for the first test of a file that asks for it, and ended
 * after the file's last.
 *
 * @example
 * ```ts
 * const test = stackTest({ solana: false })
 *
 * test('my agent pays for its image', async ({ stack }) => {
 *   await runAgent({ env: stack.env })
 *   expect(await stack.base?.authorizationsUsed()).toHaveLength(1)
 * })
 * ```
 */
export function stackTest(options: StackOptions = {}) {
  return test.extend<{ $file: { stack: Stack } }>({
    stack: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads the parameter's names
      async ({}, use) => {
        const stack = await startStack(options)
        await use(stack)
        await stack.stop()
      },
      { scope: 'file' }
    ]
  })
}

import type { Stack } from './stack.js'
import { type StackOptions, startStack } from './start-stack.js'

/** A stack that starts when it is first wanted. */
export interface LazyStack {
  /** Starts the stack, or returns the one that runs. */
  readonly start: () => Promise<Stack>
  /** Ends the stack if it has started. */
  readonly stop: () => Promise<void>
}

/** Prepares a stack for the tests of a file. */
export function lazyStack(options: StackOptions): LazyStack {
  let starting: Promise<Stack> | undefined
  return {
    start() {
      starting ??= startStack(options)
      return starting
    },
    async stop() {
      const stack = await starting?.catch(() => undefined)
      await stack?.stop()
    }
  }
}

import { onOrphaned } from './on-orphaned.js'
import type { Stack } from './stack.js'
import { type StackOptions, startStack } from './start-stack.js'

/** A stack that starts when it is first wanted. */
export interface LazyStack {
  /** Starts the stack, or returns the one that runs. */
  readonly start: () => Promise<Stack>
  /** Ends the stack if it has started. */
  readonly stop: () => Promise<void>
}

/**
 * Prepares a stack for the tests of a file. It also ends when the runner that started this process is killed: then nobody ends the
 * tests, and a worker that hangs in one would keep its chains.
 */
export function lazyStack(options: StackOptions): LazyStack {
  let starting: Promise<Stack> | undefined
  let endWatch = (): void => {}
  const stop = async (): Promise<void> => {
    endWatch()
    const stack = await starting?.catch(() => undefined)
    await stack?.stop()
  }
  // What cannot be stopped by then has nobody left to report to.
  const onGone = (): void => void stop().catch(() => {})
  return {
    start() {
      if (!starting) endWatch = onOrphaned(onGone)
      starting ??= startStack(options)
      return starting
    },
    stop
  }
}

import type { Progress } from '../context.js'

/** The signals by which a command is interrupted. */
export const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs something that ends when the command is interrupted, and lets it clean up. */
export async function untilInterrupted<Value>(
  progress: Progress,
  run: (interrupted: AbortSignal) => Promise<Value>
): Promise<Value> {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort()
  for (const signal of interrupts) process.on(signal, interrupt)
  progress.handlesInterrupts = true
  try {
    return await run(controller.signal)
  } finally {
    progress.handlesInterrupts = false
    for (const signal of interrupts) process.off(signal, interrupt)
  }
}

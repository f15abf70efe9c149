const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs something that ends when the command is interrupted, and lets it clean up. */
export async function untilInterrupted<Value>(
  run: (interrupted: AbortSignal) => Promise<Value>
): Promise<Value> {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort()
  for (const signal of signals) process.on(signal, interrupt)
  try {
    return await run(controller.signal)
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
  }
}

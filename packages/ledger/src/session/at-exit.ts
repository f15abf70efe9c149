const hooks = new Set<() => void>()

/**
 * Runs something when this process ends by itself: normally, by `process.exit`, or by an uncaught error.
 *
 * @param run must not wait for anything. @returns a function that cancels it.
 */
export function atExit(run: () => void): () => void {
  if (hooks.size === 0) process.on('exit', runAll)
  hooks.add(run)
  return () => {
    hooks.delete(run)
    if (hooks.size === 0) process.off('exit', runAll)
  }
}

function runAll(): void {
  for (const run of hooks) run()
}

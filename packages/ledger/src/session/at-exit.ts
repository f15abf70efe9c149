const hooks = new Set<() => void>()

/**
 * Has something done when this process ends by itself: at its end, by `process.exit`, or by an error that nobody caught.
 *
 * @param run must not wait for anything. @returns what takes it back.
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

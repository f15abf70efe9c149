import { runInThisContext } from 'node:vm'

/** The process itself: jest gives its tests a copy, which is told of nothing. */
const own: NodeJS.Process = runInThisContext('process')

const LOOK_MS = 1_000

/**
 * Calls back once the runner that started this process is gone.
 *
 * @returns a function that ends the watch.
 */
export function onOrphaned(orphaned: () => void): () => void {
  own.once('disconnect', orphaned)
  const watch = isOfNodeTest() ? watchParent(orphaned) : undefined
  return () => {
    own.off('disconnect', orphaned)
    clearInterval(watch)
  }
}

/** `node --test` has no channel to the processes of its files. */
function isOfNodeTest(): boolean {
  return own.env.NODE_TEST_CONTEXT?.startsWith('child') ?? false
}

/** Who has lost its parent is given another one. */
function watchParent(orphaned: () => void): NodeJS.Timeout {
  const parent = own.ppid
  const watch = setInterval(() => {
    if (own.ppid === parent) return
    clearInterval(watch)
    orphaned()
  }, LOOK_MS)
  return watch.unref()
}

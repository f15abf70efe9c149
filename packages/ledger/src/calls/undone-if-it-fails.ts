import type { Undone } from '../steps/replay-step.js'
import type { Store } from '../steps/store.js'

/** Waits for a write. If it fails, or its caller gives up, what it may have written after all is undone. */
export function undoneIfItFails<Value>(
  store: Store,
  writing: Promise<Value>,
  undone: Undone
): Promise<Value> {
  return writing.catch((error: unknown) => {
    store.undo(undone)
    throw error
  })
}

import type { Ledger, Purchase, PurchaseEvent } from '@bursar/core'
import type { PayingFetchOptions } from '../src/index.js'
import type { paying } from './paying.js'
import type { Script } from './scripted-server.js'

/** A step that does not go on before the test lets it. */
export function held() {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let reached = 0
  return {
    open,
    reached: () => reached,
    async wait(): Promise<void> {
      reached++
      await opened
    }
  }
}

/** Of {@link held}. */
export type Held = ReturnType<typeof held>

/** Of {@link paying}. */
type Setup = ReturnType<typeof paying>

/** A bursar one of whose steps is held. */
export interface Case {
  readonly options?: (step: Held, inner: Ledger) => Partial<PayingFetchOptions>
  readonly prepare?: (setup: Setup, step: Held) => void
  readonly script?: Script
}

/** A ledger that takes its time over one kind of event. */
export const slowEvent = (type: PurchaseEvent['type']): Case => ({
  options: (step, inner) => ({
    ledger: {
      ...inner,
      async recordEvent(id, event, more) {
        if (event.type === type) await step.wait()
        return inner.recordEvent(id, event, more)
      }
    }
  })
})

/** Everything that the ledger holds. */
export async function purchasesOf(ledger: Ledger): Promise<Purchase[]> {
  const purchases: Purchase[] = []
  for await (const purchase of ledger.history()) purchases.push(purchase)
  return purchases
}

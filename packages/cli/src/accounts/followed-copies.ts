import type { Ledger } from '@bursar/core'
import { writtenState } from '@bursar/ledger/sqlite'
import { openCopy } from './ledger-copy.js'

/** What is asked of a record again and again. */
export type FollowedCopies = Pick<Ledger, 'status' | 'outstanding' | 'find' | 'history' | 'close'>

/**
 * A record that cannot be written here, as copies of it: each question is answered by one that is made anew when the record was
 * written since. One question is answered after another, so that no copy goes while it is read.
 */
export function followedCopies(path: string): FollowedCopies {
  let copy: { readonly ledger: Ledger; readonly state: string } | undefined
  let turn: Promise<unknown> = Promise.resolve()

  /** Waits until nobody reads. @returns the newest copy, and a function that says that it was read. */
  async function begin(): Promise<{ readonly ledger: Ledger; readonly end: () => void }> {
    const before = turn
    let end = (): void => {}
    turn = new Promise<void>((resolve) => {
      end = resolve
    })
    await before
    try {
      return { ledger: await newest(), end }
    } catch (error) {
      end()
      throw error
    }
  }

  async function newest(): Promise<Ledger> {
    const state = writtenState(path)
    if (copy?.state === state) return copy.ledger
    const ledger = openCopy(path)
    await copy?.ledger.close()
    copy = { ledger, state }
    return ledger
  }

  async function ask<Value>(question: (ledger: Ledger) => Promise<Value>): Promise<Value> {
    const { ledger, end } = await begin()
    return question(ledger).finally(end)
  }

  return {
    status: (...asked) => ask((ledger) => ledger.status(...asked)),
    outstanding: (...asked) => ask((ledger) => ledger.outstanding(...asked)),
    find: (...asked) => ask((ledger) => ledger.find(...asked)),
    async *history(query) {
      const { ledger, end } = await begin()
      try {
        yield* ledger.history(query)
      } finally {
        end()
      }
    },
    async close() {
      await turn
      await copy?.ledger.close()
    }
  }
}

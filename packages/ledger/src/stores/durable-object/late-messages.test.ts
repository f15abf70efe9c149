import { expect, it, onTestFinished } from 'vitest'
import { until } from '../../../../../test/until.js'
import { reservation, signed, used } from '../../../test/purchases.js'
import { ledgerOn } from '../../ledger-on.js'
import { connect } from '../sqlite/ledger-file.js'
import { DurableObjectStore } from './durable-object-store.js'
import { LedgerObject } from './ledger-object.js'
import type { ObjectStorage } from './object-state.js'

/** The storage of an object, in SQLite as this process has it. */
function storage(): ObjectStorage {
  const file = connect(':memory:')
  onTestFinished(() => file.close())
  return {
    sql: {
      exec(text, ...bindings) {
        if (bindings.length === 0 && /;\s*\S/.test(text)) {
          file.exec(text)
          return { toArray: () => [] }
        }
        const statement = file.prepare<Record<string, unknown>>(text)
        const rows = /^\s*SELECT/i.test(text) ? statement.all(...bindings) : void statement.run(...bindings)
        return { toArray: () => (rows ?? []).map(withNumbers) }
      }
    },
    transactionSync(run) {
      file.exec('BEGIN')
      try {
        const value = run()
        file.exec('COMMIT')
        return value
      } catch (error) {
        file.exec('ROLLBACK')
        throw error
      }
    }
  }
}

function withNumbers(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value])
  )
}

/** An object, a Worker on it, and a network that can hold a message up while later ones arrive. */
function world() {
  const object = new LedgerObject({ storage: storage() })
  let heldStep: string | undefined
  let held: { readonly body: string; readonly answer: (response: Promise<Response>) => void } | undefined
  let undone = 0
  const deliver = (body: string): Promise<Response> =>
    object.fetch(new Request('https://ledger/', { method: 'POST', body }))
  const exchange = async (body: string): Promise<Response> => {
    if (heldStep !== undefined && body.includes(`"step":["${heldStep}"`)) {
      heldStep = undefined
      return new Promise((answer) => {
        held = { body, answer }
      })
    }
    const response = await deliver(body)
    if (held) undone++
    return response
  }
  const ledger = ledgerOn(new DurableObjectStore(exchange, undefined))
  onTestFinished(() => ledger.close())
  return {
    ledger,
    /** Gives a call up while its message, of this step, is on its way, which then comes after what the Worker sends of that. */
    async giveUpLate(step: string, call: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
      heldStep = step
      const caller = new AbortController()
      const given = call(caller.signal).catch((error: unknown) => error)
      await until(() => held !== undefined)
      caller.abort(new Error('given up'))
      expect(await given).toMatchObject({ message: 'given up' })
      await until(() => undone > 0)
      if (!held) return
      const late = deliver(held.body)
      held.answer(late)
      // Whether it fails is for nobody to see.
      await late.catch(() => {})
    }
  }
}

it('resumes nothing by a message that comes after its caller has given up: an equal call resumes it', async () => {
  const { ledger, giveUpLate } = world()
  const query = { fingerprint: 'p1', name: undefined, windowMs: 600_000 } as const
  await ledger.reserve(reservation('p1'), { sign: () => signed })
  await ledger.recordEvent('p1', { type: 'sent' })
  await ledger.recordEvent('p1', { type: 'failed' })
  await giveUpLate('writeResumption', (signal) => ledger.resume(query, { signal }))
  expect(await ledger.resume(query)).toMatchObject({ kind: 'resumed', purchase: { id: 'p1' } })
})

it('reserves nothing by a message that comes after its caller has given up', async () => {
  const { ledger, giveUpLate } = world()
  await giveUpLate('reserve', (signal) => ledger.reserve(reservation('p1'), { sign: () => signed, signal }))
  expect(await used(ledger)).toBe(0n)
})

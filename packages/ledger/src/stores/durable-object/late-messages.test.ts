import type { Ledger } from '@bursar/core'
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

/** An object, Workers on it, and a network that can hold a message up while later ones arrive. */
function world() {
  const object = new LedgerObject({ storage: storage() })
  const held: (() => void)[] = []
  let holds: string | undefined
  const exchange = async (body: string): Promise<Response> => {
    if (holds !== undefined && body.includes(holds)) {
      holds = undefined
      await new Promise<void>((resolve) => held.push(resolve))
    }
    return object.fetch(new Request('https://ledger/', { method: 'POST', body }))
  }
  return {
    held,
    /** Holds the next message of a step up. */
    hold(step: string) {
      holds = `"step":["${step}"`
    },
    worker(): Ledger {
      const ledger = ledgerOn(new DurableObjectStore(exchange, undefined))
      onTestFinished(() => ledger.close())
      return ledger
    }
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100))
const query = { fingerprint: 'p1', name: undefined, windowMs: 600_000 } as const

it('resumes nothing by a message that comes after its caller has given up: an equal call resumes it', async () => {
  const { held, hold, worker } = world()
  const ledger = worker()
  await ledger.reserve(reservation('p1'), { sign: () => signed })
  await ledger.recordEvent('p1', { type: 'sent' })
  await ledger.recordEvent('p1', { type: 'failed' })
  const caller = new AbortController()
  hold('writeResumption')
  const given = ledger.resume(query, { signal: caller.signal }).catch((error) => error)
  await until(() => held.length === 1)
  caller.abort(new Error('given up'))
  await given
  await settled()
  held[0]?.()
  await settled()
  expect(await ledger.resume(query)).toMatchObject({ kind: 'resumed', purchase: { id: 'p1' } })
})

it('reserves nothing by a message that comes after its caller has given up', async () => {
  const { held, hold, worker } = world()
  const ledger = worker()
  const caller = new AbortController()
  hold('reserve')
  const options = { sign: () => signed, signal: caller.signal }
  const given = ledger.reserve(reservation('p1'), options).catch((error) => error)
  await until(() => held.length === 1)
  caller.abort(new Error('given up'))
  await given
  await settled()
  held[0]?.()
  await settled()
  expect(await used(ledger)).toBe(0n)
})

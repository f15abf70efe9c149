import { systemClock } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { MemoryTransaction, ScriptedDatabase } from '../../test/scripted-database.js'
import type { Step } from '../steps/step.js'
import { ask } from '../steps/step.js'
import { TransactionHooks } from './transaction-hooks.js'
import { TransactionQueue } from './transaction-queue.js'
import { WriteBehindBuffer } from './write-behind-buffer.js'

function openQueue(timeoutMs = 20_000) {
  const database = new ScriptedDatabase()
  const buffer = new WriteBehindBuffer()
  const queue = new TransactionQueue(database, new TransactionHooks(buffer), {
    clock: systemClock,
    timeoutMs
  })
  return { database, buffer, queue }
}

/** A step that says that it was run. */
const says = (text: string) =>
  function* (store: unknown): Step<string> {
    yield* ask(Promise.resolve())
    if (store instanceof MemoryTransaction) store.said.push(text)
    return text
  }

const fails = function* (): Step<never> {
  yield* ask(Promise.resolve())
  throw new TypeError('an error of its own')
}

describe('steps', () => {
  it('that come together share a transaction, and those that come meanwhile share the next', async () => {
    const { database, queue } = openQueue()
    const first = [queue.push(says('a')), queue.push(says('b'))]
    await Promise.resolve()
    await Promise.resolve()
    const second = [queue.push(says('c')), queue.push(says('d'))]
    await Promise.all([...first, ...second].map(({ done }) => done))
    expect(database.committed).toEqual([
      ['a', 'b'],
      ['c', 'd']
    ])
  })

  it('are run again without the one that throws an error of its own, which only its caller gets', async () => {
    const { database, queue } = openQueue()
    const [one, faulty, other] = [queue.push(says('a')), queue.push(fails), queue.push(says('b'))]
    await expect(faulty.done).rejects.toThrow('an error of its own')
    expect(await Promise.all([one.done, other.done])).toEqual(['a', 'b'])
    expect(database.committed).toEqual([['a', 'b']])
  })

  it('are run however many others throw errors of their own, and wait for none of them', async () => {
    const { database, queue } = openQueue()
    const faulty = Array.from({ length: 20 }, () => queue.push(fails).done.catch(({ message }) => message))
    const [one, beganAtMs] = [queue.push(says('a')), performance.now()]
    expect(await one.done).toBe('a')
    expect(performance.now() - beganAtMs).toBeLessThan(1_000)
    expect(new Set(await Promise.all(faulty))).toEqual(new Set(['an error of its own']))
    expect(database.committed).toEqual([['a']])
  })

  it('are not run once they are taken back', async () => {
    const { database, queue } = openQueue()
    const taken = queue.push(says('a'))
    taken.abandon()
    await queue.push(says('b')).done
    expect(database.committed).toEqual([['b']])
  })
})

describe('a transaction that fails', () => {
  it.each([
    ['and may succeed in a moment is run again', 'passing', 'a', 2],
    ['for good is reported at once', 'lasting', 'ledger/unavailable', 1]
  ] as const)('%s', async (_, failure, end, tries) => {
    const { database, queue } = openQueue()
    database.failures.push(failure)
    const came = await queue.push(says('a')).done.catch((error: { code: string }) => error.code)
    expect([came, database.tries]).toEqual([end, tries])
  })

  it('again and again is reported after a bounded number of tries', async () => {
    const { database, queue } = openQueue()
    database.failures.push(...Array<'passing'>(50).fill('passing'))
    await expect(queue.push(says('a')).done).rejects.toMatchObject({ code: 'ledger/unavailable' })
    expect(database.tries).toBeLessThan(10)
  })

  it('after its commit holds, and its value is returned once', async () => {
    const { database, queue } = openQueue()
    database.failures.push('unclear')
    expect(await queue.push(says('a')).done).toBe('a')
    expect(database.committed.flat()).toEqual(['a'])
  })

  it('without an answer ends after its timeout', async () => {
    const { database, queue } = openQueue(50)
    database.failures.push('silent')
    await expect(queue.push(says('a')).done).rejects.toMatchObject({
      code: 'ledger/unavailable',
      context: { reason: 'its database does not answer' }
    })
  })
})

describe('closing', () => {
  it('writes what is pending before it says that the session goes, and takes nothing any more', async () => {
    const { database, buffer, queue } = openQueue()
    buffer.undo({ id: 'p', attempt: 'reservation' })
    await queue.close()
    expect(database.sessionNotes).toEqual(['working', 'ended'])
    expect(buffer.size).toBe(0)
    await expect(queue.push(says('a')).done).rejects.toMatchObject({ context: { reason: 'it was closed' } })
  })
})

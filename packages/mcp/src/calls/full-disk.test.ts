import { randomUUID } from 'node:crypto'
import { systemClock } from '@bursar/core'
import { keepFirst } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import type { CallRun } from './call-run.js'
import { Calls } from './calls.js'
import { MemoryJournal } from './memory-journal.js'

const identity = { agent: 'mcp', tool: 'top_up_balance', request: { usdc: '1' } }

/** Calls whose journal is on a disk that is full once a call has begun, and a tool that charges a balance. */
function onFullDisk() {
  const journal = new MemoryJournal(systemClock)
  journal.update = async () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  }
  const context = { ledger: memoryLedger(), limits: { payment: '1' }, clock: systemClock, newId: randomUUID }
  const calls = new Calls(context, journal)
  let charged = 0
  let isAnswered: boolean | undefined
  const charge = ({ keep }: CallRun) =>
    keepFirst(async (answerKept) => {
      void answerKept.then(
        () => (isAnswered = true),
        () => (isAnswered = false)
      )
      charged++
      const output = { credited: '1 USDC' }
      await keep(output)
      return output
    })
  return { calls, charge, charged: () => charged, isAnswered: () => isAnswered }
}

it('a result that was paid for and cannot be written is given to its caller, and is no failure', async () => {
  const { calls, charge, isAnswered } = onFullDisk()
  const open = await calls.begin(identity, charge)
  expect(await open.ended).toMatchObject({ output: { credited: '1 USDC', left: expect.anything() } })
  // Only this process has it: should it end, the payment is resumed where it can be.
  expect(isAnswered()).toBe(false)
})

it('an equal call has it as long as nobody was given it, and is another one after that', async () => {
  const { calls, charge, charged } = onFullDisk()
  await (await calls.begin(identity, charge)).ended
  const again = await calls.begin(identity, charge)
  expect(await again.ended).toMatchObject({ output: { credited: '1 USDC' } })
  expect(charged()).toBe(1)
  expect((await calls.find('mcp', again.record().id))?.open).toBeDefined()
  calls.deliver(again.record(), Promise.resolve(true))
  await (await calls.begin(identity, charge)).ended
  expect(charged()).toBe(2)
})

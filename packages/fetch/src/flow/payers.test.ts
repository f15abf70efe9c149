import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryLedger } from '@bursar/ledger'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, type Script, serve, settle } from '../../test/scripted-server.js'

/** Loses the answer to the first payment of each payer, and answers it when it comes again. */
function losesFirst(): Script {
  const lost = new Set<string>()
  return ({ payment }, response) => {
    if (payment === undefined) return challenge(response)
    if (lost.has(payment)) return settle(response)
    lost.add(payment)
    response.socket?.destroy()
  }
}

function sqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-payers-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return sqliteLedger({ path: join(folder, 'ledger.db') })
}

describe.each([
  ['in memory', memoryLedger],
  ['in SQLite', sqlite]
])('M14: two wallets on one ledger, %s,', (_, open) => {
  it('pay from their own, and resume their own', async () => {
    const server = await serve(losesFirst())
    const ledger = open()
    const options = {
      ledger,
      resend: { times: 0 },
      limits: { payment: '0.05', perLabel: { agent: { total: '0.02' } } }
    }
    const [a, b] = [paying(options), paying(options)]
    b.payer.account = `0x${'3'.repeat(40)}`
    const callOf = ({ bursar }: typeof a, agent: string) =>
      bursar.fetch(`${server.url}/daily-report`, { bursar: { labels: { agent } } })
    await rejection(callOf(a, 'a'))
    await rejection(callOf(b, 'b'))
    expect(b.bursar.receiptOf(await callOf(b, 'b'))).toMatchObject({ resumed: true, payer: b.payer.account })
    expect(a.bursar.receiptOf(await callOf(a, 'a'))).toMatchObject({ resumed: true, payer: a.payer.account })
    expect([a.payer.signed.length, b.payer.signed.length]).toEqual([1, 1])
  })

  it('resume the payment of a wallet that is one of theirs, in any letter case', async () => {
    const server = await serve(losesFirst())
    const ledger = open()
    const [one, same] = [paying({ ledger, resend: { times: 0 } }), paying({ ledger })]
    one.payer.account = `0x${'ab'.repeat(20)}`
    same.payer.account = `0x${'AB'.repeat(20)}`
    await rejection(one.bursar.fetch(server.url))
    expect((await same.bursar.fetch(server.url)).status).toBe(200)
    expect(same.payer.signed).toEqual([])
  })
})

describe('a tenant', () => {
  it.each([
    [{ tenant: 'a' }, { tenant: 'b' }],
    [{ tenant: 'a' }, {}],
    [{ tenant: 'G' }, { tenant: 'GG' }]
  ])('%o resumes nothing of %o, and its own', async (one, other) => {
    const server = await serve(losesFirst())
    const { bursar, payer } = paying({ resend: { times: 0 } })
    await rejection(bursar.fetch(server.url, { bursar: one }))
    await rejection(bursar.fetch(server.url, { bursar: other }))
    expect(payer.signed).toHaveLength(2)
    for (const tenant of [one, other])
      expect((await bursar.fetch(server.url, { bursar: tenant })).status).toBe(200)
    expect(payer.signed).toHaveLength(2)
  })

  it('cannot be written so that its call is taken for another’s', async () => {
    const server = await serve(losesFirst())
    const { bursar, payer } = paying({ resend: { times: 0 } })
    // What was put in front of the method, without a separator, was one and the same text.
    await rejection(bursar.fetch(server.url, { method: 'LOCK', bursar: { tenant: 'UN' } }))
    await rejection(bursar.fetch(server.url, { method: 'UNLOCK' }))
    expect(payer.signed).toHaveLength(2)
  })
})

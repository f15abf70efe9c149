import { describe, expect, test } from 'vitest'
import { type Line, newStage, refuse } from '../../test/sweep-stage.js'

/** Takes the transaction, and says of it what a node says that did not. */
const refusesAfterBroadcasting: Line = async (ask, method, params) => {
  const answer = await ask(method, params)
  return method === 'eth_sendRawTransaction' ? refuse('insufficient funds for gas * price + value') : answer
}

/** An hour: the authorization of a sweep ends well before. */
const HOUR = 3_600

describe('a sweep whose gas another account pays', () => {
  test('has landed when the token says so, also after the node refused what it had broadcast', async () => {
    const { send, signed, held } = await newStage()
    expect(await send(false, refusesAfterBroadcasting)).toEqual({
      status: 'landed',
      atMs: expect.any(Number),
      transaction: signed.transaction
    })
    expect(await held()).toBe(5_000_000n)
  })

  test('is not known while it is pending, though the node said that it refused it', async () => {
    const { node, send, held } = await newStage()
    await node.setAutomine(false)
    expect(await send(false, refusesAfterBroadcasting)).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('did not take it (insufficient funds')
    })
    await node.mine({ blocks: 1 })
    expect([await send(), await held()]).toMatchObject([{ status: 'landed' }, 5_000_000n])
  })

  test('whose transaction was replaced is open until its authorization is over in a block that stays', async () => {
    const { node, chain, send, replace, passMs } = await newStage()
    await node.setAutomine(false)
    expect(await send(false)).toEqual({ status: 'unknown' })
    await replace()
    await node.mine({ blocks: 200 })
    expect(await send()).toMatchObject({
      status: 'unknown',
      reason: expect.stringMatching(/^Another transaction has the number of this one.+until 2/)
    })
    await chain.increaseTime(HOUR)
    // This machine's clock has not passed the end, and then no block that stays has.
    expect(await send()).toMatchObject({ status: 'unknown' })
    await passMs(HOUR * 1000)
    expect(await send()).toMatchObject({ status: 'unknown' })
    await node.mine({ blocks: 200 })
    expect(await send()).toEqual({ status: 'dead' })
  })

  for (const how of ['replaced', 'failed'])
    test(`has landed when somebody else used its authorization after its transaction was ${how}`, async () => {
      const { node, chain, send, replace, useByAnother, signed, held } = await newStage()
      if (how === 'replaced') {
        await node.setAutomine(false)
        await send(false)
        await replace()
        await node.mine({ blocks: 1 })
        await node.setAutomine(true)
      } else {
        await chain.pause()
        expect(await send(false)).toMatchObject({
          status: 'unknown',
          reason: expect.stringMatching(/^Its transaction failed, and/)
        })
        await chain.unpause()
      }
      const transaction = await useByAnother()
      expect(transaction).not.toBe(signed.transaction)
      expect(await send()).toEqual({ status: 'landed', atMs: expect.any(Number), transaction })
      expect(await held()).toBe(5_000_000n)
    })

  test('is not dead by a node that has fallen behind', async () => {
    const { node, chain, send, passMs } = await newStage()
    const number = `0x${(await blockNumber(chain.rpcUrl)).toString(16)}`
    expect(await send(false)).toMatchObject({ status: 'landed' })
    await chain.increaseTime(HOUR)
    await node.mine({ blocks: 200 })
    await passMs(HOUR * 1000)
    const lagging: Line = (ask, method, params) =>
      ask(method, method === 'eth_getBlockByNumber' ? [number, false] : params)
    expect(await send(true, lagging)).toEqual({ status: 'unknown' })
    expect(await send()).toMatchObject({ status: 'landed' })
  })
})

async function blockNumber(rpcUrl: string): Promise<bigint> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] })
  const headers = { 'content-type': 'application/json' }
  return BigInt((await (await fetch(rpcUrl, { method: 'POST', headers, body })).json()).result)
}

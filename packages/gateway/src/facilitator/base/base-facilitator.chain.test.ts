import { startBase } from '@bursar/localchain'
import type { Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { AMOUNT, payTo, SILENT, useBaseFacilitator } from '../../testing/base-facilitator.js'
import { rpc } from '../../testing/rpc.js'
import { connectBaseFacilitator } from './connect-facilitator.js'

const stack = useBaseFacilitator()
const { payment, codeAt, connect } = stack
const { signal } = new AbortController()

/** Succeeds when called for free, as simulations do, and reverts in a transaction that pays for gas. */
const FICKLE: Hex = '0x3a156008575f5ffd5b00'

describe('settle', () => {
  it('moves the amount from payer to payee', async () => {
    const before = await stack.chain.balanceOf(payTo)
    const settlement = await stack.facilitator.settle(await payment())
    expect(settlement).toMatchObject({
      outcome: 'settled',
      transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/)
    })
    expect(await stack.chain.balanceOf(payTo)).toBe(before + AMOUNT)
  })

  it('verifies again, and sends nothing for what no longer holds', async () => {
    const nonceBefore = await rpc(
      stack.chain,
      'eth_getTransactionCount',
      stack.chain.accounts[1]?.address,
      'latest'
    )
    expect(await stack.facilitator.settle(await payment({ value: 1n }))).toEqual({
      outcome: 'failed',
      reason: 'value_mismatch'
    })
    expect(
      await rpc(stack.chain, 'eth_getTransactionCount', stack.chain.accounts[1]?.address, 'latest')
    ).toBe(nonceBefore)
  })

  it('settles many at once from one relayer', async () => {
    const before = await stack.chain.balanceOf(payTo)
    const claims = await Promise.all(Array.from({ length: 24 }, () => payment()))
    const settlements = await Promise.all(claims.map((each) => stack.facilitator.settle(each)))
    expect(settlements.map(({ outcome }) => outcome)).toEqual(claims.map(() => 'settled'))
    expect(await stack.chain.balanceOf(payTo)).toBe(before + 24n * AMOUNT)
  })

  it('reports a transaction that was mined and failed', async () => {
    const asset = await codeAt(FICKLE)
    expect(await stack.facilitator.settle(await payment({}, { asset }))).toMatchObject({
      outcome: 'failed',
      reason: 'transaction_failed',
      transaction: expect.stringMatching(/^0x/)
    })
  })

  it('reports a transaction that succeeded and logged no matching transfer', async () => {
    const asset = await codeAt(SILENT)
    expect(await stack.facilitator.settle(await payment({}, { asset }))).toMatchObject({
      outcome: 'failed',
      reason: 'transfer_event_mismatch'
    })
  })

  it('is pending when no block comes, and settled once one has', async () => {
    const impatient = await connect({ receiptTimeoutMs: 100 })
    const waiting = await payment()
    await rpc(stack.chain, 'evm_setAutomine', false)
    const settlement = await impatient.settle(waiting)
    await rpc(stack.chain, 'evm_setAutomine', true)
    expect(settlement).toMatchObject({ outcome: 'pending' })
    if (settlement.outcome !== 'pending') return
    await rpc(stack.chain, 'evm_mine')
    expect(await impatient.findSettlement(waiting, settlement.transaction)).toEqual({
      ...settlement,
      outcome: 'settled'
    })
  })
})

it('throws when the node is gone, for an outage is no verdict, and does not show its address', async () => {
  const other = await startBase()
  const { rpcUrl } = other
  const [account] = other.accounts
  if (!account) throw new TypeError('anvil has no accounts')
  const orphan = await connectBaseFacilitator({
    rpcUrl,
    payTo,
    relayerKey: account.privateKey,
    signal,
    receiptTimeoutMs: 100
  })
  await other.stop()
  const failure = await orphan.verify(await payment()).catch((error: unknown) => error)
  expect(failure).toMatchObject({ name: 'FacilitatorUnavailable' })
  expect(String(failure)).not.toContain(new URL(rpcUrl).port)
})

it('refuses to start where there is no USDC', async () => {
  const asset = await codeAt(SILENT)
  const [account] = stack.chain.accounts
  if (!account) throw new TypeError('anvil has no accounts')
  const { rpcUrl } = stack.chain
  const relayerKey = account.privateKey
  const connecting = connectBaseFacilitator({ rpcUrl, asset, payTo, relayerKey, signal, receiptTimeoutMs: 1 })
  await expect(connecting).rejects.toThrow(TypeError)
})

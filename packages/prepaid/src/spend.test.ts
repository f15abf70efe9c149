import { atomicUsdc, systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { evmSigner, katanaProver } from '@bursar/siwx'
import { generatePrivateKey } from 'viem/accounts'
import { expect, it } from 'vitest'
import type { Replenished } from './auto-top-up.js'
import { createDesk } from './desk.js'
import { katanaPrepaid } from './katana.js'
import { spender } from './spend.js'
import { parseRule } from './top-up-rule.js'

const baseUrl = 'http://127.0.0.1:9'
const rule = parseRule({ amount: '1', perDay: '5' })

/** A service whose every answer is that the balance falls short. */
function newSpender(outcomes: readonly Replenished[]) {
  const asked: number[] = []
  const desk = createDesk({
    service: katanaPrepaid,
    baseUrl,
    prover: katanaProver({ signer: evmSigner(generatePrivateKey()), origin: baseUrl }),
    ledger: memoryLedger(),
    clock: systemClock,
    fetch: () => Promise.reject(new TypeError('Nothing is to be paid here')),
    plainFetch: async () =>
      new Response(JSON.stringify({ error: { details: { top_up_usdc: '0.5' } } }), { status: 402 })
  })
  const spend = spender(desk, rule, async (_sentAtMs, missing) => {
    expect(missing).toBe(atomicUsdc(500_000n))
    asked.push(asked.length)
    return outcomes[asked.length - 1] ?? 'joined'
  })
  return { asked, spend }
}

it('a call that caused a top-up and still falls short causes no other', async () => {
  const { asked, spend } = newSpender(['paid'])
  await expect(spend(`${baseUrl}/v1/x`)).rejects.toMatchObject({
    code: 'balance/insufficient',
    moneyState: 'none'
  })
  expect(asked).toHaveLength(1)
})

it('a call may wait for the top-ups of others, and cause one after', async () => {
  const { asked, spend } = newSpender(['joined', 'joined', 'paid'])
  await expect(spend(`${baseUrl}/v1/x`)).rejects.toMatchObject({ code: 'balance/insufficient' })
  expect(asked).toHaveLength(3)
})

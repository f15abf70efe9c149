import { balanceNetwork, type Clock, type Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { at, buy, fromBalance, handClock, reservation, signed } from './samples.js'

/** How every store answers what a page of sums and open ends asks. */
export function questionsContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('what has sums', () => {
    /** Buys something for each host and agent, a minute apart. */
    async function spend(ledger: Ledger, clock: ReturnType<typeof handClock>): Promise<number> {
      const startMs = clock.nowMs()
      const bought = [
        ['a.example', 'research', 1n],
        ['b.example', 'the "other"', 5n],
        ['c.example.', 'research', 3n]
      ] as const
      for (const [index, [host, agent, cost]] of bought.entries()) {
        clock.set(startMs + index * 60_000)
        const labels = { agent, model: `m${index}` }
        const to = { ...at(`https://${host}/`, reservation(`${index}`, cost)), labels }
        await buy(ledger, { ...to, fingerprint: `${index}` }, 'settled', 'answered')
      }
      return startMs
    }

    it('is listed by host or by label, what was spent most on first', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      await spend(ledger, clock)
      expect(await ledger.summed({ by: 'host' })).toEqual(['b.example', 'c.example', 'a.example'])
      expect(await ledger.summed({ by: { label: 'agent' } })).toEqual(['the "other"', 'research'])
      expect(await ledger.summed({ by: { label: 'model' } })).toEqual(['m1', 'm2', 'm0'])
      expect(await ledger.summed({ by: { label: 'age' } })).toEqual([])
      expect(await ledger.summed({ by: { label: 'agent' }, isTest: true })).toEqual([])
    })

    it('is left out where nothing settled since a time', async () => {
      const clock = handClock()
      const ledger = await open(clock)
      await spend(ledger, clock)
      // Payments whose end is known only by our own clock count until then.
      expect(await ledger.summed({ by: 'host', afterMs: clock.nowMs() })).toEqual([])
      clock.set(clock.nowMs() + 600_000)
      const beforeMs = clock.nowMs() - 1
      await buy(ledger, { ...at('https://d.example/', reservation('d', 1n)), fingerprint: 'd' }, 'settled')
      expect(await ledger.summed({ by: 'host', afterMs: beforeMs })).toEqual(['d.example'])
    })

    it('keeps test money apart, and knows what balances pay for by its labels', async () => {
      const ledger = await open()
      const test = reservation('1', 1n)
      await ledger.reserve({ ...test, offer: { ...test.offer, isTest: true }, labels: { agent: 'tester' } })
      await ledger.recordEvent('1', signed)
      await ledger.recordEvent('1', { type: 'settled' })
      const call = fromBalance('2', 1n, { agent: 'talker' })
      expect(call.offer.network).toBe(balanceNetwork('eip155:8453'))
      await ledger.reserve(call)
      await ledger.recordEvent('2', { type: 'settled' })
      expect(await ledger.summed({ by: { label: 'agent' } })).toEqual(['talker'])
      expect(await ledger.summed({ by: { label: 'agent' }, isTest: true })).toEqual(['tester'])
      expect(await ledger.summed({ by: 'host' })).toEqual([])
      expect(await ledger.summed({ by: 'host', isTest: true })).toEqual(['a.example'])
    })
  })

  describe('what was paid and not answered', () => {
    it('is listed newest first, until it is answered', async () => {
      const ledger = await open()
      const each = (id: string) => ({ ...reservation(id, 1n), fingerprint: id })
      await buy(ledger, each('open'), 'settled')
      await buy(ledger, each('answered'), 'settled', 'answered')
      await buy(ledger, each('first'), 'settled', 'failed')
      await buy(ledger, each('second'), 'settled', 'failed')
      await buy(ledger, each('unsettled'), 'failed')
      const ids = async () => (await ledger.undelivered()).map(({ id }) => id)
      expect(await ids()).toEqual(['second', 'first'])
      const resumed = await ledger.resume({ fingerprint: 'first', windowMs: 60_000 })
      expect(resumed?.kind).toBe('resumed')
      expect(await ids()).toEqual(['second'])
    })
  })
}

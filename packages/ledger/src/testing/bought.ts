import type { Clock, Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { at, billed, buy, reservation } from './samples.js'

/** How every store says who bought what. */
export function boughtContract(open: (clock?: Clock) => Promise<Ledger>): void {
  describe('X11: who has bought', () => {
    it('is the account of a settled payment at the origin and path, whatever the query and the amount', async () => {
      const ledger = await open()
      const place = { origin: 'https://a.example', path: '/report' }
      const to = at('https://a.example/report?day=1', reservation('1', 1n))
      const payer = '0xAbC'
      const query = { ...place, payer }
      expect(await ledger.hasBought(query)).toBe(false)
      await buy(ledger, { ...to, payer: '0xaBc' }, 'sent')
      expect(await ledger.hasBought(query)).toBe(false)
      await ledger.recordEvent('1', { type: 'settled' })
      expect(await ledger.hasBought(query)).toBe(true)
      await ledger.recordEvent('1', { type: 'answered' })
      expect(await ledger.hasBought(query)).toBe(true)
      const others = [
        { ...query, payer: '0xdef' },
        { ...query, path: '/' },
        { ...query, origin: 'http://a.example' },
        { ...query, origin: 'https://a.example:8443' }
      ]
      for (const other of others) expect(await ledger.hasBought(other)).toBe(false)
    })

    it('is nobody whose payment died, and no account that is billed', async () => {
      const ledger = await open()
      await buy(ledger, at('https://a.example/x', reservation('1', 1n)), 'sent', 'dead', 'failed')
      await ledger.reserve({ ...billed('2', 1n), origin: 'https://a.example', path: '/x' })
      await ledger.recordEvent('2', { type: 'settled' })
      const { payer } = reservation('1', 1n)
      expect(await ledger.hasBought({ origin: 'https://a.example', path: '/x', payer })).toBe(false)
    })

    it('is found where much was bought after it', async () => {
      const ledger = await open()
      const buyers = Array.from({ length: 502 }, (_, index) => `0x${index}`)
      // All at once, the last would wait for its turn for as long as the ledger lets one wait.
      for (const [index, payer] of buyers.entries())
        await buy(ledger, { ...reservation(`${index}`, 1n), fingerprint: payer, payer }, 'settled')
      const { origin, path } = reservation('0', 1n)
      expect(await ledger.hasBought({ origin, path, payer: '0x0' })).toBe(true)
      expect(await ledger.hasBought({ origin, path, payer: '0x9999' })).toBe(false)
    })
  })
}

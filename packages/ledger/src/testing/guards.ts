import type { Ledger, ReservationGuards } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { at, billed, buy, countingSigner, ledFrom, paidTo, reservation, signed, total } from './samples.js'

const pins: Partial<ReservationGuards> = { pinsPayee: true }
const watches: Partial<ReservationGuards> = { maxPriceIncrease: 3 }

/** What every store rejects in the step that reserves, before anything is signed. */
export function guardsContract(open: () => Promise<Ledger>): void {
  describe('a pinned payee', () => {
    it('M21: is the one that was signed for, without a receipt', async () => {
      const ledger = await open()
      await buy(ledger, paidTo('0xaa', reservation('1', 1n, pins)), 'sent', 'answered')
      const { sign, calls } = countingSigner()
      const moved = ledger.reserve(paidTo('0xbb', reservation('2', 1n, pins)), { sign })
      await expect(moved).rejects.toMatchObject({ code: 'offer/payee-refused', moneyState: 'none' })
      expect(calls()).toBe(0)
      expect(await ledger.evaluate(paidTo('0xbb', reservation('2', 1n, pins)))).toMatchObject({
        kind: 'payee-moved',
        pinned: '0xaa'
      })
      await ledger.reserve(paidTo('0xAA', reservation('3', 1n, pins)))
      // Without a pin any payee is paid, and on another network too.
      await ledger.reserve(paidTo('0xbb', reservation('4', 1n)))
    })

    it('M23: is one, when first calls come at once', async () => {
      const ledger = await open()
      const calls = Array.from({ length: 5 }, (_, index) =>
        ledger.reserve(paidTo(`0xa${index}`, reservation(`${index}`, 1n, pins)))
      )
      const made = (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled')
      expect(made).toHaveLength(1)
    })

    it('is of its host and network, and is forgotten with a purchase that failed', async () => {
      const ledger = await open()
      await ledger.reserve(paidTo('0xaa', reservation('1', 1n, pins)))
      await ledger.reserve(at('https://b.example/', paidTo('0xbb', reservation('2', 1n, pins))))
      const elsewhere = reservation('3', 1n, pins)
      await ledger.reserve({
        ...elsewhere,
        offer: { ...elsewhere.offer, network: 'eip155:1', payTo: '0xbb' }
      })
      await ledger.recordEvent('1', { type: 'released' })
      await ledger.reserve(paidTo('0xcc', reservation('4', 1n, pins)))
    })
  })

  describe('M27: what a host leads to', () => {
    const asked = 'https://api.seller.example/a'
    /** A payment that `asked` led to a name that nobody has met. */
    const led = (name: string, cost: bigint, guards: Partial<ReservationGuards>, from = asked) =>
      ledFrom(from, at(`https://${name}.pay.example/${name}`, reservation(name, cost, guards)))

    it('is paid at the payee of the host that was asked, and at that of the host that is paid', async () => {
      const ledger = await open()
      const { sign, calls } = countingSigner()
      await buy(ledger, paidTo('0xaa', led('x1', 1n, pins)), 'sent', 'answered')
      await expect(ledger.reserve(paidTo('0xbb', led('x2', 1n, pins)), { sign })).rejects.toMatchObject({
        code: 'offer/payee-refused',
        moneyState: 'none',
        context: { host: 'api.seller.example', payTo: '0xbb' },
        message: expect.stringMatching(
          /^x2\.pay\.example, to which api\.seller\.example led, asks .+0xaa.+ both/
        )
      })
      await ledger.reserve(paidTo('0xaa', led('x3', 1n, pins)))
      // Also when another place leads there, and when one of the two is asked and paid itself.
      const elsewhere = led('x1', 1n, pins, 'https://other.example/a')
      const there = [at('https://x1.pay.example/x', reservation('4', 1n, pins)), { ...elsewhere, id: '5' }]
      for (const to of [...there, at(asked, reservation('6', 1n, pins))])
        await expect(ledger.reserve(paidTo('0xbb', to), { sign })).rejects.toMatchObject({
          code: 'offer/payee-refused'
        })
      expect(calls()).toBe(0)
      await ledger.reserve(at('https://y.pay.example/', paidTo('0xbb', reservation('7', 1n, pins))))
    })

    it('has the payee that the asked host had before it led anywhere, until that payment failed', async () => {
      const ledger = await open()
      await ledger.reserve(at(asked, paidTo('0xaa', reservation('1', 1n, pins))))
      const moved = paidTo('0xbb', led('x1', 1n, pins))
      expect(await ledger.evaluate(moved)).toMatchObject({
        kind: 'payee-moved',
        pinned: '0xaa',
        host: 'api.seller.example',
        paidHost: 'x1.pay.example'
      })
      await ledger.recordEvent('1', { type: 'released' })
      await ledger.reserve(moved)
    })

    it('is watched by the price of the place that was asked, and of the place that is paid', async () => {
      const ledger = await open()
      const { sign, calls } = countingSigner()
      await buy(ledger, led('x1', 10n, watches), 'sent', 'answered')
      const there = [at('https://x1.pay.example/x1', reservation('3', 31n, watches)), led('x2', 31n, watches)]
      for (const to of there)
        await expect(ledger.reserve(to, { sign })).rejects.toMatchObject({
          code: 'offer/over-limit',
          context: { limit: 'maxPriceIncrease', used: '0.00001' }
        })
      expect(calls()).toBe(0)
      expect(await ledger.lastCost({ origin: 'https://api.seller.example', path: '/a' })).toBe(10n)
      await ledger.reserve(led('x4', 30n, watches))
      await ledger.reserve(led('x5', 91n, watches, 'https://api.seller.example/other'))
    })

    it('is watched where the host is the same and the path is not', async () => {
      const ledger = await open()
      await buy(ledger, ledFrom('https://a.example/asked', reservation('1', 10n, watches)), 'sent')
      const to = at('https://a.example/new', reservation('2', 31n, watches))
      expect(await ledger.evaluate(ledFrom('https://a.example/asked', to))).toMatchObject({
        kind: 'price-increased'
      })
      await ledger.reserve(to)
    })
  })

  describe('a watched price', () => {
    it('M22: is checked against what was signed for the same host and path, without a receipt', async () => {
      const ledger = await open()
      await buy(ledger, reservation('1', 10n, watches), 'sent', 'answered')
      const { sign, calls } = countingSigner()
      await expect(ledger.reserve(reservation('2', 90n, watches), { sign })).rejects.toMatchObject({
        code: 'offer/over-limit',
        moneyState: 'none',
        context: { limit: 'maxPriceIncrease', requested: '0.00009', used: '0.00001' }
      })
      expect(calls()).toBe(0)
      expect(await ledger.lastCost({ origin: 'https://a.example.', path: '/' })).toBe(10n)
      await ledger.reserve(reservation('3', 30n, watches))
      await ledger.reserve(at('https://a.example/other', reservation('4', 90n, watches)))
    })
  })

  describe('the room of a top-up', () => {
    it('M20: is taken in the step that reserves it, so that of two at once one is made', async () => {
      const ledger = await open()
      const label = { name: 'top-up', value: 'https://kat.example' }
      const guards = { topUpRoom: [total(150n, { name: 'topUp perDay', label })] }
      const topUps = ['1', '2'].map((id) =>
        ledger.reserve({ ...reservation(id, 100n, guards), labels: { 'top-up': label.value } })
      )
      const [made, refused] = await Promise.allSettled(topUps)
      expect(made?.status).toBe('fulfilled')
      expect(refused).toMatchObject({
        reason: { code: 'offer/over-limit', context: { limit: 'topUp perDay' } }
      })
    })
  })

  describe('a signer', () => {
    it('M24: is not called for an id that exists', async () => {
      const ledger = await open()
      await ledger.reserve(reservation('1', 1n))
      const { sign, calls } = countingSigner()
      await expect(ledger.reserve(reservation('1', 1n), { sign })).rejects.toMatchObject({
        code: 'ledger/conflict',
        moneyState: 'none'
      })
      expect(calls()).toBe(0)
    })

    it('is not called when the cost does not fit, the name is taken, or the ledger is frozen', async () => {
      const ledger = await open()
      const { sign, calls } = countingSigner()
      await ledger.reserve({ ...reservation('1', 7n), name: 'invoice-42' })
      const over = ledger.reserve(reservation('2', 4n, { budgets: [total(10n)] }), { sign })
      await expect(over).rejects.toMatchObject({ code: 'offer/over-limit' })
      const namesake = ledger.reserve({ ...reservation('3', 1n), name: 'invoice-42' }, { sign })
      await expect(namesake).rejects.toMatchObject({ code: 'purchase/name-taken' })
      await ledger.freeze('test')
      await expect(ledger.reserve(reservation('4', 1n), { sign })).rejects.toMatchObject({
        code: 'ledger/frozen'
      })
      expect(calls()).toBe(0)
    })
  })

  describe('text', () => {
    const bad = ['\ud800', 'a\udc01b', 'nul\0', 'n'.repeat(801), 7, {}] as const

    it.each(bad)('M52: that a store cannot keep is no name: %j', async (text) => {
      const ledger = await open()
      const { sign, calls } = countingSigner()
      const named = { ...reservation('1', 1n), name: text as string }
      await expect(ledger.reserve(named, { sign })).rejects.toThrow(TypeError)
      const query = { fingerprint: 'f', windowMs: 0, name: text as string }
      await expect(ledger.resume(query)).rejects.toThrow(TypeError)
      expect(calls()).toBe(0)
    })

    it.each(bad)('M52: that a store cannot keep is no label: %j', async (text) => {
      const ledger = await open()
      const { sign, calls } = countingSigner()
      const labelled = { ...reservation('1', 1n), labels: { agent: text as string } }
      await expect(ledger.reserve(labelled, { sign })).rejects.toThrow(/labels\.agent/)
      await expect(ledger.reserve({ ...billed('1', 1n), labels: labelled.labels })).rejects.toThrow(TypeError)
      expect(calls()).toBe(0)
    })

    it('is kept as it is, whatever it holds otherwise', async () => {
      const ledger = await open()
      const labels = { agent: '漢😀\n"\'', ключ: '%00' }
      await ledger.reserve({ ...reservation('1', 1n), name: '名 1', labels }, { sign: () => signed })
      expect(await ledger.find({ name: '名 1' })).toMatchObject({ labels })
    })
  })
}

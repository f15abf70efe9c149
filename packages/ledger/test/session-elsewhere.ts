import type { Clock, Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import type { Child } from './child.js'
import { clockAhead } from './ledger-files.js'

/** Where ledgers of the tests are, files or databases. */
export interface Places {
  /** The statement that is tested. */
  readonly statement: 'M1' | 'M2'
  /** Where there is no ledger yet. */
  newPlace(): string | Promise<string>
  /** Signs the purchase `signed`, and lives on, on a machine that this one cannot look into. */
  buyerElsewhere(place: string): Promise<Child>
  open(place: string, clock: Clock): Ledger
}

const query = { fingerprint: 'signed', windowMs: 600_000 }

/** What every ledger promises of a session whose process it cannot look for. */
export function describeSessionElsewhere({ statement, newPlace, buyerElsewhere, open }: Places): void {
  describe('a session of another machine', () => {
    it(`${statement}: that was killed is waited for, and its payment is resumed when it has been silent`, async () => {
      const place = await newPlace()
      await (await buyerElsewhere(place)).kill()
      const clock = clockAhead()
      const ledger = open(place, clock)
      const first = await ledger.resume(query)
      expect(first).toMatchObject({ kind: 'wait', purchase: { id: 'signed' } })
      const look = first.kind === 'wait' ? first.look : undefined
      clock.aheadMs = 5_000
      expect(await ledger.resume({ ...query, look })).toMatchObject({ kind: 'wait', look })
      clock.aheadMs = 11_000
      expect(await ledger.resume({ ...query, look })).toMatchObject({
        kind: 'resumed',
        purchase: { id: 'signed' }
      })
    })

    it(`${statement}: that lives is passed over once its heartbeat has changed`, async () => {
      const place = await newPlace()
      await buyerElsewhere(place)
      const ledger = open(place, clockAhead())
      let answer = await ledger.resume(query)
      expect(answer.kind).toBe('wait')
      const kindNow = async (): Promise<string> => {
        const look = answer.kind === 'wait' ? answer.look : undefined
        answer = await ledger.resume({ ...query, look })
        return answer.kind
      }
      await expect.poll(kindNow, { interval: 100 }).toBe('nothing')
    })
  })
}

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { newTerminal } from '../../test/terminal.js'

const closeLooks = vi.hoisted(() => vi.fn(async () => {}))
vi.mock('../notify/open-balance-looks.js', () => ({
  openBalanceLooks: async () => ({ notePaid: () => {}, close: closeLooks })
}))

it('looks at no balance any longer once the record cannot be watched: the process would not end', async () => {
  const { bursar, home } = newTerminal()
  mkdirSync(join(home, 'ledger.db'))
  expect((await bursar('watch')).code).not.toBe(0)
  expect(closeLooks).toHaveBeenCalledTimes(1)
})

it('takes no longer pause than the record is watched with', async () => {
  const { bursar } = newTerminal()
  expect(await bursar('watch', '--every', '3601')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--every is at most 3600 seconds')
  })
})

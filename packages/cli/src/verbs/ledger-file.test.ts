import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startPaidServer } from '../../../../test/loopback/paid-server.js'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

const env = { EVM_PRIVATE_KEY: EVM_KEY, BURSAR_RPC_BASE: 'http://127.0.0.1:9' }

describe('bursar backup', () => {
  it('copies the record to a new file, and prints its path', async () => {
    const { url } = await startPaidServer()
    const { bursar, home } = newTerminal({ env })
    await bursar('pay', `${url}/report`, '--max-amount', '1')
    const copy = join(home, 'copy.db')
    expect(await bursar('backup', copy)).toEqual({ code: 0, out: `${copy}\n`, err: '' })
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    expect(await bursar('backup', copy)).toMatchObject({
      code: 2,
      err: `${copy} is there already. Name a file that is not. Nothing was copied\n`
    })
  })

  it('says of a folder that there is not, that it is that of the copy', async () => {
    const { url } = await startPaidServer()
    const { bursar, home } = newTerminal({ env })
    await bursar('pay', `${url}/report`, '--max-amount', '1')
    const folder = join(home, 'none')
    const { code, err } = await bursar('backup', join(folder, 'copy.db'))
    expect({ code, err }).toEqual({
      code: 2,
      err: `Nothing was copied. The folder ${folder} cannot be written to: there is none\n`
    })
  })

  it('makes none of a record that is not there', async () => {
    const { bursar, home } = newTerminal({ env })
    expect(await bursar('backup', join(home, 'copy.db'))).toMatchObject({ code: 1 })
    expect(existsSync(join(home, 'copy.db'))).toBe(false)
    expect(existsSync(join(home, 'ledger.db'))).toBe(false)
  })
})

describe('bursar prune', () => {
  it('forgets nothing that is new, and asks how long to keep what is old', async () => {
    const { url } = await startPaidServer()
    const { bursar } = newTerminal({ env })
    await bursar('pay', `${url}/report`, '--max-amount', '1')
    expect(await bursar('prune', '--days', '62')).toMatchObject({
      code: 0,
      out: '0 purchases and 0 jobs are forgotten.\n'
    })
    expect((await bursar('history')).out).toContain('/report')
    for (const argv of [['prune'], ['prune', '--days', '61'], ['prune', '--days', 'all']])
      expect(await bursar(...argv)).toMatchObject({ code: 2 })
  })
})

describe('bursar doctor', () => {
  it('says that the record is no ledger any more', async () => {
    const { bursar, home } = newTerminal({ env })
    await bursar('history')
    writeFileSync(join(home, 'ledger.db'), 'something else entirely')
    expect((await bursar('doctor')).out).toMatch(/NOT OK {2}record {2}.*damaged, or is no ledger/)
  })
})

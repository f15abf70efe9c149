import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

const readJson = (home: string): unknown => JSON.parse(readFileSync(join(home, 'policy.json'), 'utf8')).limits

describe('bursar limits', () => {
  it('keeps limits in a file that only its owner can read, and shows them as they now are', async () => {
    const { bursar, home } = newTerminal()
    expect((await bursar('limits')).out).toContain('--max-amount')
    expect(await bursar('limits', 'set', 'payment=0.25', 'day=5.00')).toEqual({
      code: 0,
      out: 'Limit      Amount   Left\npayment  0.25 USD\nday         5 USD  5 USD\n',
      err: `Written to ${join(home, 'policy.json')}.\n`
    })
    expect(statSync(join(home, 'policy.json')).mode & 0o777).toBe(0o600)
    // Of what bounds one payment, nothing is used up.
    const ofOnePayment = { left: null, leftAtomic: null }
    const untouched = { left: '5', leftAtomic: '5000000' }
    expect(JSON.parse((await bursar('limits', 'show', '--json')).out)).toEqual({
      limits: [
        { name: 'payment', amount: '0.25', amountAtomic: '250000', ...ofOnePayment },
        { name: 'day', amount: '5', amountAtomic: '5000000', ...untouched }
      ],
      file: join(home, 'policy.json')
    })
  })

  it('M47: an empty amount is an error, and removing a limit has a word of its own', async () => {
    const { bursar, home } = newTerminal()
    await bursar('limits', 'set', 'payment=0.25', 'day=5.00')
    expect(await bursar('limits', 'set', 'payment=0.10', 'day=')).toMatchObject({
      code: 2,
      err: expect.stringContaining('bursar limits unset day')
    })
    expect(readJson(home)).toEqual({ payment: '0.25', day: '5.00' })
    expect((await bursar('limits', 'unset', 'day')).code).toBe(0)
    expect(readJson(home)).toEqual({ payment: '0.25' })
  })

  it('says of a limit that is not set that it is not, with 0, and changes nothing', async () => {
    const { bursar, home } = newTerminal()
    await bursar('policy', 'set', 'allow.payees=pin')
    const path = join(home, 'policy.json')
    for (const argv of [
      ['limits', 'unset', 'day'],
      ['policy', 'unset', 'limits.day']
    ])
      expect(await bursar(...argv)).toMatchObject({
        code: 0,
        err: `limits.day is not set in ${path}.\nNothing was changed.\n`
      })
    await bursar('limits', 'set', 'day=1')
    expect(await bursar('limits', 'unset', 'day', 'week')).toMatchObject({
      code: 0,
      err: `limits.week is not set in ${path}.\nWritten to ${path}.\n`
    })
  })

  it('M49: rejects what is no limit, and changes nothing', async () => {
    const { bursar, home } = newTerminal()
    await bursar('limits', 'set', 'payment=0.25')
    const wrong: [change: string, why: string][] = [
      ['__proto__=1', 'There is no setting "limits.__proto__". There are payment, minute'],
      ['daily=1', 'There is no setting "limits.daily". Did you mean limits.day?'],
      ['perHost=1', 'limits.perHost is a group of settings: say which, minute'],
      ['day', 'Write name=amount'],
      ['=1', 'Write name=amount'],
      ['day=a lot', 'day: '],
      ['day=-1', 'day: '],
      ['day=0.0000001', 'day: ']
    ]
    for (const [change, why] of wrong)
      expect(await bursar('limits', 'set', change), change).toMatchObject({
        code: 2,
        err: expect.stringContaining(why)
      })
    expect(await bursar('limits', 'unset', 'daily')).toMatchObject({ code: 2 })
    expect(readJson(home)).toEqual({ payment: '0.25' })
  })

  it('M46: keeps what seven commands set at the same moment', async () => {
    const { bursar, home } = newTerminal()
    const names = ['payment', 'minute', 'hour', 'day', 'week', 'month', 'total']
    for (let round = 1; round <= 8; round++) {
      const ended = await Promise.all(names.map((name) => bursar('limits', 'set', `${name}=${round}`)))
      expect(ended.map(({ code }) => code)).toEqual(names.map(() => 0))
      expect(readJson(home)).toEqual(Object.fromEntries(names.map((name) => [name, String(round)])))
    }
    expect(readdirSync(home).filter((name) => name.startsWith('policy'))).toEqual(['policy.json'])
  })
})

describe('limits that cannot be read', () => {
  const key = { EVM_PRIVATE_KEY: EVM_KEY }

  it('M49: stop every payment with exit code 2, and say what is wrong', async () => {
    const { bursar, home } = newTerminal({ env: key })
    const damaged: [text: string, why: RegExp][] = [
      ['', /it is empty/],
      ['{"limits":', /Unexpected end/],
      ['[]', /expected object, received array/],
      ['"1"', /expected object, received string/],
      ['{"limits":{"payment":"0.01","payment":"100"}}', /sets one name twice/],
      ['{"limits":{"payment":["5"]}}', /limits.payment must be decimal text in quotes/],
      ['{"limits":{"payment":5}}', /limits.payment must be decimal text in quotes/],
      ['{"limits":{"__proto__":"5"}}', /__proto__ is not a setting/],
      ['{"limits":{"payment":"lots"}}', /limits.payment: /],
      ['{"limits":{"perDay":"5"}}', /limits.perDay is not a setting/]
    ]
    for (const [text, why] of damaged) {
      writeFileSync(join(home, 'policy.json'), text)
      for (const argv of [
        ['pay', 'https://a.example', '--max-amount', '1'],
        ['limits'],
        ['limits', 'set', 'day=1']
      ])
        expect(await bursar(...argv), text).toMatchObject({ code: 2, err: expect.stringMatching(why) })
      expect(readFileSync(join(home, 'policy.json'), 'utf8')).toBe(text)
    }
  })

  it('M49: are also a FIFO or a folder, at once', async () => {
    const { bursar, home } = newTerminal({ env: key })
    const path = join(home, 'policy.json')
    execFileSync('mkfifo', [path])
    expect(await bursar('pay', 'https://a.example', '--max-amount', '1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not a regular file')
    })
    rmSync(path)
    mkdirSync(path)
    expect(await bursar('limits')).toMatchObject({ code: 2, err: expect.stringContaining(path) })
  })

  it('M48: are also a link to nothing', async () => {
    const { bursar, home } = newTerminal({ env: key })
    symlinkSync(join(home, 'elsewhere.json'), join(home, 'policy.json'))
    expect(await bursar('pay', 'https://a.example', '--max-amount', '1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('policy.json cannot be used: it is a link to a file that does not exist')
    })
  })
})

describe('a command that only looks', () => {
  it('M64: says that nothing limits a payment, and what to add', async () => {
    const { bursar } = newTerminal({ env: { EVM_PRIVATE_KEY: EVM_KEY } })
    expect(await bursar('pay', 'https://a.example')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Add --max-amount 0.25')
    })
  })
})

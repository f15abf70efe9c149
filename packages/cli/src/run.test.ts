import { describe, expect, it } from 'vitest'
import { newTerminal } from '../test/terminal.js'

const verbs =
  'wallet dev proxy mcp env pay quote balance doctor limits topup image video chat jobs models history show totals outstanding recover reconcile cancel freeze thaw watch backup prune explain exit-codes schema version'

describe('bursar', () => {
  it('prints its version', async () => {
    const { bursar } = newTerminal()
    for (const argv of [['--version'], ['-V'], ['version']])
      expect(await bursar(...argv)).toEqual({ code: 0, out: '1.2.3\n', err: '' })
  })

  it('lists every verb and every exit code in its help, within 80 columns where it can', async () => {
    const { bursar } = newTerminal()
    const { code, out } = await bursar('--help')
    expect(code).toBe(0)
    for (const verb of verbs.split(' ')) expect(out).toContain(`  ${verb} `)
    expect(out).toMatch(/Exit codes:\n {2}0 {2}done\n[\s\S]* 6 {2}the record/)
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it('has help for every verb, in words that start a sentence about it', async () => {
    const { bursar } = newTerminal()
    for (const verb of verbs.split(' ')) {
      const { code, out } = await bursar(verb, '--help')
      expect(code, verb).toBe(0)
      expect(out).toMatch(new RegExp(`^Usage: bursar ${verb}[\\s\\S]+\\n\\n[a-z].+\\n`))
    }
  })

  it('P63: says that a lower limit of the file holds too', async () => {
    const { bursar } = newTerminal()
    expect((await bursar('pay', '--help')).out.replace(/\s+/g, ' ')).toContain(
      'a lower limit of bursar limits holds too'
    )
  })

  it('names the nearest code and limit where one is misspelt', async () => {
    const { bursar } = newTerminal()
    expect((await bursar('explain', 'payment/refusd')).err).toContain('Did you mean payment/refused?')
    expect((await bursar('limits', 'set', 'pament=1')).err).toContain('Did you mean limits.payment?')
  })

  it('takes no relative BURSAR_HOME, in which limits and record would be others in each folder', async () => {
    const { bursar } = newTerminal({ env: { BURSAR_HOME: 'books' } })
    for (const argv of [['limits', 'show'], ['history'], ['pay', 'http://127.0.0.1:1', '--max-amount', '1']])
      expect(await bursar(...argv)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^BURSAR_HOME is "books", a relative path.*Give the whole path/)
      })
  })

  it('names the variable where the record is not said by a path or a URL of PostgreSQL, and shows nothing of it', async () => {
    const { bursar } = newTerminal({ env: { BURSAR_LEDGER: 'mysql://user:hidden-word@h/d' } })
    const { code, err } = await bursar('history')
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(
        /^BURSAR_LEDGER: ledger must be an absolute path, or a URL that begins with postgres:/
      )
    ])
    expect(err).not.toContain('hidden-word')
  })

  it('explains an error code, and lists all of them', async () => {
    const { bursar } = newTerminal()
    const { code, out } = await bursar('explain', 'offer/over-limit')
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^offer\/over-limit\n\nMoney: none\.[\s\S]+\nWhat to do\. /)
    ])
    expect((await bursar('explain')).out).toContain('\npayment/outcome-unknown\n')
    expect(await bursar('explain', 'offer/unheard-of')).toMatchObject({
      code: 2,
      err: expect.stringContaining('offer/unheard-of')
    })
  })

  it.each(['show', 'cancel', 'chat', 'image', 'video', 'freeze', 'backup'])(
    'does nothing for an empty argument, such as a variable that is not set: %s',
    async (verb) => {
      const { bursar } = newTerminal()
      for (const empty of ['', ' '])
        expect(await bursar(verb, empty)).toMatchObject({
          code: 2,
          err: expect.stringMatching(/^<[a-z-]+> is empty\. Nothing was done/)
        })
    }
  )

  it('takes no beginning of an id that could be that of a purchase that nobody meant', async () => {
    const { bursar } = newTerminal()
    for (const id of ['…', 'p01', '…dfe0'])
      expect(await bursar('show', id)).toMatchObject({ code: 2, err: expect.stringContaining('at least 4') })
  })

  it('ends with 2 and says why when the command line is wrong', async () => {
    const { bursar } = newTerminal()
    const wrong: [argv: string[], why: RegExp][] = [
      [['nonsense'], /unknown command 'nonsense'/],
      [['histry'], /Did you mean history/],
      [['pay'], /missing required argument 'url'/],
      [['pay', 'x', 'y'], /too many arguments/],
      [['wallet', 'rm', 'x'], /There is no verb "wallet rm"\. There are wallet create, .*wallet\s+remove/s],
      [['limits', 'sett', 'day=5'], /There is no verb "limits sett"\. Did you mean limits set\?/],
      [['pay', '--nonsense'], /unknown option '--nonsense'/],
      [['history', '--days'], /argument missing/],
      [['history', '--days', 'x'], /Days are a number above zero/],
      [['history', '--days', '0'], /Days are a number above zero/],
      [['proxy', '--port', '65536'], /A port is a number up to 65535/],
      [['topup', '1', '--network', 'bitcoin'], /base, solana/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar(...argv), argv.join(' ')).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringMatching(why)
      })
  })
})

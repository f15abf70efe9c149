import { describe, expect, it } from 'vitest'
import { interrupt, scriptIn, until } from '../../test/running-server.js'
import { newTerminal } from '../../test/terminal.js'

describe('bursar dev', () => {
  const prints = `
const { EVM_PRIVATE_KEY, SVM_PRIVATE_KEY, STANDARD_URL, BURSAR_FAUCET_URL } = process.env
process.exitCode = EVM_PRIVATE_KEY && STANDARD_URL && BURSAR_FAUCET_URL && !SVM_PRIVATE_KEY ? 7 : 1
`
  it('runs a program with the variables of a stack of its own, and hands its exit code on', async () => {
    const { bursar, home } = newTerminal()
    const program = [process.execPath, scriptIn(home, prints)]
    const { code, out, err } = await bursar('dev', '--network', 'base', '--funds', '3', '--', ...program)
    expect([code, out]).toEqual([7, ''])
    expect(err).toMatch(/Base +http[\s\S]+3 USDC for 0x\w{40}[\s\S]+Gateway +http[\s\S]+are stopped\.\n$/)
  })

  it('P85: prints lines for another terminal, the line to try among them, which can then pay and fund wallets', async () => {
    const { start } = newTerminal()
    const running = start('dev', '--network', 'base', '--json')
    const env = JSON.parse(await until(running, /\}\n[\s\S]*Ctrl-C/))
    const other = newTerminal({ env })
    expect((await other.bursar('pay', env.X402_REPORT_URL, '--max-amount', '0.05')).code).toBe(0)
    const somebody = '0x00000000000000000000000000000000000000aa'
    expect(await other.bursar('dev', 'fund', somebody, '5')).toEqual({
      code: 0,
      out: `5 USDC on Base for ${somebody}.\n`,
      err: ''
    })
    const wrong: [argv: string[], why: RegExp][] = [
      [['somebody', '5'], /"somebody" is not an address of Base or Solana/],
      [['11111111111111111111111111111111', '5'], /Solana does not run in this stack/],
      [[somebody, '-5'], /amount\/malformed/]
    ]
    for (const [argv, why] of wrong)
      expect(await other.bursar('dev', 'fund', ...argv)).toMatchObject({
        code: 2,
        err: expect.stringMatching(why)
      })
    const stranger = newTerminal({ env: { ...env, BURSAR_FAUCET_TOKEN: 'a-token-of-a-stranger' } })
    expect((await stranger.bursar('dev', 'fund', somebody, '5')).code).toBe(2)
    interrupt()
    expect((await running.ended).code).toBe(0)
    expect(await other.bursar('dev', 'fund', somebody, '5')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is bursar dev still running?')
    })
  })

  it('of test networks is looked at with its lines alone, whatever the shell said before', async () => {
    const { start } = newTerminal()
    const running = start('dev', '--testnet', '--network', 'base', '--json')
    const env = JSON.parse(await until(running, /\}\n[\s\S]*Ctrl-C/))
    const other = newTerminal({ env })
    expect((await other.bursar('pay', `${env.STANDARD_URL}/report`, '--max-amount', '0.05')).code).toBe(0)
    expect(await other.bursar('balance')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Base Sepolia +0x\w{40} +99\.99 USDC/)
    })
    const somebody = '0x00000000000000000000000000000000000000aa'
    expect((await other.bursar('dev', 'fund', somebody, '5')).out).toBe(
      `5 USDC on Base Sepolia for ${somebody}.\n`
    )
    expect((await other.bursar('reconcile')).out).toContain('They agree.')
    interrupt()
    expect(await running.ended).toMatchObject({ code: 0, err: expect.stringMatching(/^Base Sepolia +http/m) })
    const { bursar } = newTerminal({ env: { BURSAR_TESTNET: '1' } })
    const says = `process.exitCode = Number(process.env.BURSAR_TESTNET) === 0 ? 7 : 1`
    expect((await bursar('dev', '--network', 'base', '--', process.execPath, '-e', says)).code).toBe(7)
  })

  it('unsets keys of the shell, and ends with 2 for what cannot be', async () => {
    const { bursar, start } = newTerminal()
    const running = start('dev', '--network', 'base', '--port', '0')
    await until(running, /Ctrl-C/)
    interrupt()
    expect((await running.ended).out).toMatch(/^unset SVM_PRIVATE_KEY\nexport EVM_PRIVATE_KEY='0x/)
    expect((await bursar('dev', 'fund', '0x1', '5')).err).toContain('paste the lines that bursar dev printed')
    for (const argv of [
      ['--funds', 'x'],
      ['--network', 'x'],
      ['--port', 'x']
    ])
      expect((await bursar('dev', ...argv)).code, argv.join(' ')).toBe(2)
  })
})

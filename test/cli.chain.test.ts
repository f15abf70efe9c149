import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startCommand } from './command.js'
import { useStack } from './stack.js'

const stack = useStack()

/** A home with a funded account, and the command as users run it. */
async function newHome() {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await stack.chain.mint(address, 1_000_000n)
  const env = {
    PATH: process.env.PATH ?? '',
    BURSAR_HOME: folder,
    EVM_PRIVATE_KEY: key,
    BURSAR_RPC_BASE: stack.chain.rpcUrl
  }
  const start = (...argv: string[]) => startCommand(env, ...argv).child
  const bursar = (...argv: string[]) => startCommand(env, ...argv).ended
  return { folder, address, key, bursar, start }
}

const report = () => `${stack.gateway.url}/standard/v2/report?usdc=0.05`

describe('the bursar command', () => {
  it('shows a price, pays it once, and has it in its record', async () => {
    const { bursar, address, folder, key } = await newHome()
    expect((await bursar('quote', report())).out).toMatch(/0\.05 USDC {2}Base .*would be paid/)
    const file = join(folder, 'report.json')
    const paid = await bursar('pay', report(), '--max-amount', '0.10', '-o', file, '--name', 'invoice-42')
    expect(paid).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringMatching(/^Paid 0\.05 USDC on Base, 0x/)
    })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ method: 'GET' })
    expect((await bursar('history')).out).toMatch(/0\.05 USDC {2}Base +settled/)
    expect(JSON.parse((await bursar('totals', '--json')).out).totals).toMatchObject([
      { settled: 1, spent: '0.05' }
    ])
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
    const again = await bursar('pay', report(), '--max-amount', '0.10', '--name', 'invoice-42')
    expect(again).toMatchObject({ code: 3, err: expect.stringContaining('purchase/already-settled') })
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
    const balance = await bursar('balance', '--json')
    expect(JSON.parse(balance.out)).toMatchObject({ wallets: [{ address, usdc: '0.95' }] })
    expect(JSON.stringify([paid, balance])).not.toContain(key.slice(2))
  })

  it('says of a text that is paid directly that its whole reserve is, before and after', async () => {
    const { bursar } = await newHome()
    await bursar('limits', 'set', 'payment=0.10')
    const url = `${stack.gateway.url}/v1/chat/completions`
    const body = JSON.stringify({ model: 'qwen3-6-flash', messages: [{ role: 'user', content: 'Hello' }] })
    const whole = 'That is the whole reserve: from a prepaid balance a text costs what it used.'
    expect(await bursar('quote', url, '-d', body)).toMatchObject({
      code: 0,
      out: expect.stringContaining(whole)
    })
    expect(await bursar('pay', url, '-d', body)).toMatchObject({
      code: 0,
      err: expect.stringContaining(whole)
    })
    const quoted = JSON.parse((await bursar('quote', url, '-d', body, '--json')).out)
    expect(quoted.offers).toMatchObject([{ paidFor: 'reserve' }])
    expect((await bursar('quote', report())).out).not.toContain('reserve')
  })

  it('pays nothing without a limit, above one, or when it is frozen', async () => {
    const { bursar, address } = await newHome()
    expect(await bursar('pay', report())).toMatchObject({
      code: 2,
      err: expect.stringContaining('--max-amount')
    })
    expect(await bursar('pay', report(), '--max-amount', '0.01')).toMatchObject({ code: 3 })
    await bursar('limits', 'set', 'payment=0.02')
    expect(await bursar('pay', report(), '--max-amount', '0.10')).toMatchObject({ code: 3 })
    await bursar('limits', 'set', 'payment=0.10')
    await bursar('freeze', 'lost a laptop')
    expect(await bursar('pay', report())).toMatchObject({
      code: 3,
      err: expect.stringContaining('lost a laptop')
    })
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
  })

  it('sends what curl would: bodies, headers, forms, and files', async () => {
    const { bursar, folder } = await newHome()
    const file = join(folder, 'body.txt')
    writeFileSync(file, 'from a file')
    await bursar('limits', 'set', 'payment=0.10')
    const sent = async (...argv: string[]) => JSON.parse((await bursar('pay', report(), ...argv)).out)
    expect(await sent('-d', `@${file}`)).toMatchObject({ method: 'POST', body: { bytes: 11 } })
    expect(await sent('--data-binary', `@${file}`, '-H', 'X-A: b')).toMatchObject({ body: { bytes: 11 } })
    expect(await sent('-F', `text=hello`, '-F', `file=@${file}`)).toMatchObject({ method: 'POST' })
    const paid = await bursar('pay', report(), '--json')
    expect(JSON.parse(paid.out)).toMatchObject({
      status: 200,
      receipt: { amount: '0.05', amountAtomic: '50000' }
    })
  })

  it('has an image made and saved, and a balance topped up, at the service', async () => {
    const { bursar, folder, address } = await newHome()
    await bursar('limits', 'set', 'payment=0.60')
    const at = ['--url', stack.gateway.url]
    const made = await bursar('image', 'A lighthouse', '-o', folder, ...at)
    expect(made).toMatchObject({ code: 0, err: expect.stringContaining('is paid for') })
    expect(readFileSync(made.out.trim()).subarray(1, 4).toString()).toBe('PNG')
    const [, job = ''] = /Job (\S+) is/.exec(made.err) ?? []
    expect((await bursar('jobs', 'resume', job, '-o', folder, ...at)).out).toBe(made.out)
    expect(await bursar('topup', '0.5', ...at)).toMatchObject({
      code: 0,
      out: '0.5 USDC credited; the balance is 0.5 USDC.\n'
    })
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(2)
    expect(await bursar('topup', '0.5', '--service', 'elsewhere')).toMatchObject({ code: 2 })
  })

  it('says whether all is well, and what a URL asks', async () => {
    const { bursar } = await newHome()
    const well = await bursar('doctor', report())
    expect(well.code).toBe(0)
    expect(well.out).toMatch(/ok +Base +0x\w+ has 1 USDC\n[\s\S]*ok +record[\s\S]*0\.05 USDC +Base/)
    expect((await bursar('reconcile')).out).toContain('They agree.')
    expect(await bursar('cancel', 'p000000')).toMatchObject({
      code: 2,
      err: expect.stringContaining('No purchase has the id p000000')
    })
  })

  it('ends with 1 when there is no good answer, with 7 when nobody answers, and nothing was paid', async () => {
    const { bursar } = await newHome()
    const nowhere = await bursar('pay', `${stack.gateway.url}/nowhere`, '--max-amount', '1')
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was paid for it (404)') })
    const nobody = await bursar('pay', 'http://127.0.0.1:1/', '--max-amount', '1')
    expect(nobody).toMatchObject({ code: 7, err: expect.stringMatching(/cannot be reached/) })
  })

  it('killed in the middle of a payment, the same command carries on and pays once', async () => {
    const { bursar, start, address } = await newHome()
    stack.gateway.faults.next('answer-lost-after-settling')
    const child = start('pay', report(), '--max-amount', '0.10')
    await expect.poll(() => stack.chain.authorizationsUsed(address), { interval: 5 }).toHaveLength(1)
    child.kill('SIGKILL')
    const next = await bursar('pay', report(), '--max-amount', '0.10')
    expect(next).toMatchObject({ code: 0 })
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })
})

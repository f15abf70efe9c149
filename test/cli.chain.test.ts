import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { useStack } from './stack.js'

const stack = useStack()
const bin = fileURLToPath(new URL('../packages/bursar/dist/cli/bin.js', import.meta.url))

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
  const start = (...argv: string[]) => spawn(process.execPath, [bin, ...argv], { env })
  const bursar = (...argv: string[]) =>
    new Promise<{ code: number | null; out: string; told: string }>((resolve) => {
      const child = start(...argv)
      let [out, told] = ['', '']
      child.stdout.on('data', (chunk) => (out += chunk))
      child.stderr.on('data', (chunk) => (told += chunk))
      child.on('close', (code) => resolve({ code, out, told }))
    })
  return { folder, address, key, bursar, start }
}

const report = () => `${stack.gateway.url}/standard/v2/report?usdc=0.05`

describe('the bursar command', () => {
  it('tells a price, pays it once, and has it in its record', async () => {
    const { bursar, address, folder, key } = await newHome()
    expect((await bursar('quote', report())).out).toMatch(/0\.05 USDC {2}Base .*would be paid/)
    const file = join(folder, 'report.json')
    const paid = await bursar('pay', report(), '--max-amount', '0.10', '-o', file, '--name', 'invoice-42')
    expect(paid).toMatchObject({
      code: 0,
      out: '',
      told: expect.stringMatching(/^Paid 0\.05 USDC on Base, 0x/)
    })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ method: 'GET' })
    expect((await bursar('history')).out).toMatch(/0\.05 USDC {2}Base .* settled/)
    expect(JSON.parse((await bursar('totals', '--json')).out)).toMatchObject([{ settled: 1, spent: '0.05' }])
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
    const again = await bursar('pay', report(), '--max-amount', '0.10', '--name', 'invoice-42')
    expect(again).toMatchObject({ code: 3, told: expect.stringContaining('purchase/already-settled') })
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
    const balance = await bursar('balance', '--json')
    expect(JSON.parse(balance.out)).toMatchObject({ wallets: [{ address, usdc: '0.95' }] })
    expect(JSON.stringify([paid, balance])).not.toContain(key.slice(2))
  })

  it('pays nothing without a limit, above one, or when it is frozen', async () => {
    const { bursar, address } = await newHome()
    expect(await bursar('pay', report())).toMatchObject({
      code: 2,
      told: expect.stringContaining('--max-amount')
    })
    expect(await bursar('pay', report(), '--max-amount', '0.01')).toMatchObject({ code: 3 })
    await bursar('limits', 'set', 'payment=0.02')
    expect(await bursar('pay', report(), '--max-amount', '0.10')).toMatchObject({ code: 3 })
    await bursar('limits', 'set', 'payment=0.10')
    await bursar('freeze', 'lost a laptop')
    expect(await bursar('pay', report())).toMatchObject({
      code: 3,
      told: expect.stringContaining('lost a laptop')
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
    const told = await bursar('pay', report(), '--json')
    expect(JSON.parse(told.out)).toMatchObject({
      status: 200,
      receipt: { amount: '0.05', amountAtomic: '50000' }
    })
  })

  it('killed in the middle of a payment, the same command carries on and pays once', async () => {
    const { bursar, start, address } = await newHome()
    stack.gateway.faults.next('answer-lost-after-settling')
    const child = start('pay', report(), '--max-amount', '0.10')
    await expect
      .poll(() => stack.chain.authorizationsUsed(address), { timeout: 8000, interval: 5 })
      .toHaveLength(1)
    child.kill('SIGKILL')
    const next = await bursar('pay', report(), '--max-amount', '0.10')
    expect(next).toMatchObject({ code: 0 })
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })
})

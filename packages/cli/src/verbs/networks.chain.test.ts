import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BASE, BASE_SEPOLIA, type NetworkId, SOLANA_MAINNET } from '@bursar/core'
import type { Stack } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { describe, expect } from 'vitest'
import { newTerminal } from '../../test/terminal.js'

const gateway = { katana: { generationMs: 10 } }
const onMain = stackTest({ gateway })
const onSepolia = stackTest({ base: { chainId: 84_532 }, solana: false, gateway })

/** A terminal with new wallets of a stack, and what has settled on each chain. */
async function newPayer(stack: Stack) {
  const { base, solana, env: all } = await stack.newWallet('9')
  const { BURSAR_HOME: _, ...env } = all
  const sepolia = stack.base?.chainId === 84_532 ? { BURSAR_RPC_BASE_SEPOLIA: stack.base.rpcUrl } : {}
  const terminal = newTerminal({ env: { ...env, ...sepolia } })
  const payments = async () => ({
    base: (await base?.payments())?.length ?? 0,
    solana: (await solana?.payments())?.length ?? 0
  })
  return { ...terminal, payments }
}

type Payer = Awaited<ReturnType<typeof newPayer>>

/** A program that asks the proxy for a text. */
const program = `
const { OPENAI_BASE_URL, OPENAI_API_KEY } = process.env
const answer = await fetch(OPENAI_BASE_URL + '/chat/completions', {
  method: 'POST',
  headers: { authorization: 'Bearer ' + OPENAI_API_KEY, 'content-type': 'application/json' },
  body: JSON.stringify({ model: 'qwen3-6-flash', max_tokens: 64, messages: [{ role: 'user', content: 'hi' }] })
})
process.exitCode = answer.ok ? 0 : 1
`

/** Runs a verb to its end. */
type Verb = (payer: Payer, stack: Stack, flags: readonly string[]) => Promise<number>

const sums = ['--max-amount', '3', '--limit', 'day=9']

/** A verb whose line is known before it runs. */
const line =
  (argvOf: (home: string, stack: Stack) => readonly string[]): Verb =>
  async ({ bursar, home }, stack, flags) =>
    (await bursar(...argvOf(home, stack), ...flags)).code

const verbs: Readonly<Record<string, Verb>> = {
  pay: line((home, { env }) => ['pay', env.X402_REPORT_URL, '-o', join(home, 'report'), '--max-amount', '3']),
  image: line((home) => ['image', 'A mug', '-o', home, '--max-amount', '3']),
  video: line((home) => ['video', 'Waves', '-o', home, '--max-amount', '3']),
  chat: line(() => ['chat', 'hi', '--billing', 'direct', '--max-amount', '3']),
  topup: line(() => ['topup', '0.5', '--max-amount', '3']),
  async proxy({ bursar, home }, _, flags) {
    const path = join(home, 'program.mjs')
    writeFileSync(path, program)
    return (await bursar('proxy', '--port', '0', ...sums, ...flags, '--', process.execPath, path)).code
  },
  async mcp({ start }, { env }, flags) {
    const running = start('mcp', '--http', '--port', '0', ...sums, ...flags)
    await expect.poll(running.out, { interval: 10 }).toContain('\n')
    const { url, headers } = JSON.parse(running.out())
    const client = new Client({ name: 'a host', version: '1' })
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }))
    const { isError } = await client.callTool({ name: 'pay_url', arguments: { url: env.X402_REPORT_URL } })
    await client.close()
    process.emit('SIGINT')
    return isError ? 1 : (await running.ended).code
  }
}

const rows: readonly [flag: string, test: typeof onMain, network: NetworkId, chain: 'base' | 'solana'][] = [
  ['--network=base', onMain, BASE, 'base'],
  ['--network=solana', onMain, SOLANA_MAINNET, 'solana'],
  ['--network=base-sepolia', onSepolia, BASE_SEPOLIA, 'base'],
  ['--testnet', onSepolia, BASE_SEPOLIA, 'base']
]

describe.each(rows)('P40, P47: %s', (flag, test, network, chain) => {
  for (const [name, verb] of Object.entries(verbs))
    test(`has bursar ${name} pay there, once, and nowhere else`, async ({ stack }) => {
      const payer = await newPayer(stack)
      expect(await verb(payer, stack, [flag])).toBe(0)
      const { out } = await payer.bursar('history', '--json')
      const paid = out
        .trimEnd()
        .split('\n')
        .map((row) => JSON.parse(row))
      // The proxy asks the prepaid balance first, which is empty here.
      expect(paid.filter(({ state }) => state !== 'released')).toMatchObject([{ network, state: 'settled' }])
      expect(await payer.payments()).toEqual({ base: 0, solana: 0, [chain]: 1 })
    })

  test('has balance, doctor and reconcile look there, and at nothing else', async ({ stack }) => {
    const { bursar } = await newPayer(stack)
    const { wallets } = JSON.parse((await bursar('balance', '--json', flag)).out)
    const looked: NetworkId[] = wallets.map(({ network }: { network: NetworkId }) => network)
    expect(looked).toContain(network)
    for (const other of [BASE, BASE_SEPOLIA, SOLANA_MAINNET])
      if (other !== network) expect(looked).not.toContain(other)
    const row = wallets.find((each: { network: NetworkId }) => each.network === network)
    expect(row).toMatchObject({ usdc: '9', error: null })
    const only = flag === '--testnet' ? ['--testnet', '--network=base-sepolia'] : [flag]
    expect(await bursar('doctor', ...only)).toMatchObject({ code: 0, out: expect.stringContaining('9 USDC') })
    expect(await bursar('reconcile', ...only)).toMatchObject({
      code: 0,
      out: expect.stringContaining('They agree')
    })
  })
})

describe('P47: the books of test money', () => {
  onSepolia(
    'are apart: history and totals show them alone, and limits do not count them',
    async ({ stack }) => {
      const { bursar } = await newPayer(stack)
      await bursar('limits', 'set', 'payment=0.05', 'day=0.015')
      const report = ['pay', stack.env.X402_REPORT_URL, '--max-amount', '0.05', '--testnet']
      expect((await bursar(...report)).err).toMatch(/Paid 0\.01 USDC \(test money\) on Base Sepolia/)
      expect((await bursar('limits')).out).toMatch(/day +0\.015.*0\.015/)
      expect(await bursar(...report)).toMatchObject({ code: 3, err: expect.stringContaining('day') })
      expect((await bursar('history', '--testnet')).out).toContain('Base Sepolia')
      expect((await bursar('totals', '--testnet', '--json')).out).toMatch(/"spent":"0\.01"/)
      expect((await bursar('totals', '--json')).out).toMatch(/"spent":"0".*"ofTests":"0\.01"/)
      expect(await bursar('reconcile', '--testnet', '--network', 'base-sepolia')).toMatchObject({
        code: 0,
        out: expect.stringMatching(/1 payment settled by the record, 1 debit by the chains/)
      })
    }
  )
})

describe('P39: an account', () => {
  /** Wallets that are empty but for what is said. */
  async function funded(stack: Stack, amounts: { readonly base?: bigint; readonly solana?: bigint }) {
    const { base, solana, env: all } = await stack.newWallet('0')
    if (amounts.base && base) await stack.base?.mint(base.address, amounts.base)
    if (amounts.solana && solana) await stack.solana?.mint(solana.address, amounts.solana)
    const { BURSAR_HOME: _, ...env } = all
    return newTerminal({ env })
  }

  onMain.for([
    ['that is funded on Solana alone', {}],
    ['that runs low on Base', { base: 9_999n }]
  ] as const)('%s pays on Solana, and holds nothing on Base', async ([, amounts], { stack }) => {
    const { bursar } = await funded(stack, { ...amounts, solana: 5_000_000n })
    for (const argv of [
      ['pay', stack.env.X402_REPORT_URL, '--max-amount', '1'],
      ['chat', 'hi', '--billing', 'direct', '--max-amount', '1']
    ])
      expect(await bursar(...argv)).toMatchObject({ code: 0, err: expect.stringContaining('on Solana') })
    expect((await bursar('outstanding')).out).toBe('No payment is in flight.\n')
    expect(await bursar('doctor', stack.env.X402_REPORT_URL)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/ok +offer +0\.01 USDC on Solana would be paid/)
    })
  })

  onMain(
    'that holds too little signs nothing, and P41: doctor says so and ends with 1',
    async ({ stack }) => {
      const { bursar } = await funded(stack, { base: 9_999n })
      const flags = ['--network', 'base']
      const paid = await bursar('pay', stack.env.X402_REPORT_URL, '--max-amount', '1', ...flags)
      expect(paid.err).toMatch(
        /holds 0\.009999 USDC on Base, and the offer asks for 0\.01 USDC.*Nothing was signed/
      )
      expect((await bursar('history')).out).toBe('Nothing was bought.\n')
      const low = await bursar('doctor', stack.env.X402_REPORT_URL, ...flags)
      expect(low).toMatchObject({
        code: 1,
        out: expect.stringMatching(/NOT OK +offer +.*holds 0\.009999 USDC on Base/)
      })
    }
  )

  onMain('whose balance on Base cannot be read pays on Solana', async ({ stack }) => {
    const { bursar } = await funded(stack, { base: 5_000_000n, solana: 5_000_000n })
    const flags = ['--rpc', 'base=http://127.0.0.1:9', '--max-amount', '1']
    expect(await bursar('pay', stack.env.X402_REPORT_URL, ...flags)).toMatchObject({
      code: 0,
      err: expect.stringContaining('on Solana')
    })
  })

  onMain('that is funded on Solana alone tops up there, and texts are paid from that', async ({ stack }) => {
    const { home, bursar } = await funded(stack, { solana: 5_000_000n })
    expect((await bursar('topup', '1', '--max-amount', '3')).err).toContain('on Solana')
    expect((await bursar('chat', 'hi', '--max-amount', '3')).err).toContain('from the prepaid balance')
    const movements = (await bursar('transactions', '--json')).out.trim().split('\n')
    expect(movements.map((line) => JSON.parse(line).type)).toEqual(['refund', 'debit', 'top_up'])
    const path = join(home, 'program.mjs')
    writeFileSync(path, program)
    expect((await bursar('proxy', '--port', '0', ...sums, '--', process.execPath, path)).code).toBe(0)
    const { totals } = JSON.parse((await bursar('totals', '--by', 'network', '--json')).out)
    expect(totals).toMatchObject([
      { keys: [`balance:${SOLANA_MAINNET}`], settled: 2 },
      { keys: [SOLANA_MAINNET], settled: 1 }
    ])
  })
})

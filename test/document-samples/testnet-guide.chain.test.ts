import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Stack } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { expect } from 'vitest'
import { newTerminal } from '../../packages/cli/test/terminal.js'

const guide = readFileSync(new URL('../../docs/guides/testnet.md', import.meta.url), 'utf8')
const test = stackTest({ base: { chainId: 84_532 }, solana: false })

const SERVER = 'https://www.x402.org/protected'
const ENDPOINT = 'https://sepolia.base.org'

/** The guide's lines of shell, in order, without what is said about them. */
const lines = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, code = '']) => code.trim().split('\n'))
  .map((line) => line.replace(/\s+#.*$/, ''))

/** A line as it runs against the stack, which stands in for networks and server. */
function wordsOf(line: string, { stack, home }: { readonly stack: Stack; readonly home: string }): string[] {
  return line
    .replaceAll(SERVER, stack.env.X402_REPORT_URL)
    .replaceAll(ENDPOINT, stack.base?.rpcUrl ?? '')
    .replace('page.html', join(home, 'page.html'))
    .split(/\s+/)
    .slice(1)
}

/** Puts test money into the wallet that the guide has made, as the faucet does. */
async function fund(stack: Stack, shown: string): Promise<void> {
  const [onBase = expect.unreachable()] = /0x[0-9a-fA-F]{40}/.exec(shown) ?? []
  await stack.base?.mint(onBase as `0x${string}`, 10_000_000n)
}

const expected: Readonly<Record<string, RegExp>> = {
  'bursar balance': /Base Sepolia [\s\S]*10 USDC/,
  'bursar doctor': /ok +offer +0\.01 USDC on Base Sepolia would be paid/,
  'bursar pay': /Paid 0\.01 USDC \(test money\) on Base Sepolia/,
  'bursar history': /0\.01 USDC \(test money\)[\s\S]*Base Sepolia/,
  'bursar totals': /Base Sepolia[\s\S]*0\.01/,
  'bursar reconcile': /They agree/
}

test('P47: the commands of the guide run as they stand, against chains that play the test networks', async ({
  stack
}) => {
  const env: Record<string, string> = {
    BURSAR_RPC_BASE_SEPOLIA: stack.base?.rpcUrl ?? '',
    // Solana's devnet does not run here, and is not asked.
    BURSAR_NETWORK: 'base-sepolia',
    BURSAR_PASSPHRASE: 'correct horse'
  }
  const { home } = newTerminal()
  env.BURSAR_HOME = home
  const ran = new Set<string>()
  for (const line of lines) {
    const [name = '', verb = '', ...rest] = line.split(/\s+/)
    if (name === 'export') {
      const [variable = '', value = ''] = wordsOf(line, { stack, home })[0]?.split('=') ?? []
      env[variable] = value
    } else if (verb !== 'dev') {
      const terminal = newTerminal({ env, answers: ['correct horse', 'correct horse'] })
      const { code, out, err } = await terminal.bursar(...wordsOf(line, { stack, home }))
      expect([line, code, out, err]).toMatchObject([line, 0, expect.anything(), expect.anything()])
      if (rest[0] === 'create') await fund(stack, out + err)
      const wanted = expected[`${name} ${verb}`]
      if (wanted && !line.includes('--rpc')) expect(out + err).toMatch(wanted)
      ran.add(`${name} ${verb}`)
    }
  }
  expect([...ran]).toEqual(expect.arrayContaining(Object.keys(expected)))
})

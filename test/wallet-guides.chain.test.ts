import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stackTest } from '@bursar/gateway/vitest'
import { expect, onTestFinished } from 'vitest'
import { withWallets } from '../packages/cli/test/kept-wallet.js'

const test = stackTest()

/** The lines of a guide's commands, as arguments. What follows `#` is a remark, and what follows `>` the shell's. */
function commandsOf(guide: string, mark: string, names: Readonly<Record<string, string>> = {}): string[][] {
  const page = readFileSync(new URL(`../docs/guides/${guide}`, import.meta.url), 'utf8')
  const [, block = ''] = new RegExp(`<!-- ${mark}:start -->\n\`\`\`sh\n([\\s\\S]*?)\`\`\``).exec(page) ?? []
  const lines = block.trim().split('\n')
  return lines.map((line) => {
    const [command = ''] = line.split(/ +[#>]/)
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
    expect(words[0]).toBe('bursar')
    return words.slice(1).map((word) => names[word] ?? word)
  })
}

test('P43, P93: a key is rotated by the lines of the guide, and the money is at the new one', async ({
  stack
}) => {
  const { base, solana } = await stack.newWallet('3')
  const [evm, sol] = [base ?? expect.unreachable(), solana ?? expect.unreachable()]
  const folder = mkdtempSync(join(tmpdir(), 'bursar-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const env = {
    BURSAR_RPC_BASE: stack.env.BURSAR_RPC_BASE ?? '',
    BURSAR_RPC_SOLANA: stack.env.BURSAR_RPC_SOLANA ?? '',
    KATANA_URL: stack.env.KATANA_URL
  }
  const { bursar } = await withWallets(
    { old: evm.privateKey },
    { env, answers: [sol.privateKey, 'yes', 'yes', 'old'] }
  )
  expect((await bursar('wallet', 'import', 'old')).code).toBe(0)
  await bursar('limits', 'set', 'payment=0.1', 'day=1')
  const names: Record<string, string> = {}
  const commands = commandsOf('rotating-a-key.md', 'rotation')
  for (const argv of commands) {
    const line = argv.map((word) => names[word] ?? word)
    const ended = await bursar(...line)
    expect(ended.code, `${line.join(' ')}\n${ended.err}${ended.out}`).toBe(0)
    if (line[1] !== 'create') continue
    const shown = JSON.parse((await bursar('wallet', 'show', 'new', '--json')).out)
    const kept: { chain: string; address: string }[] = shown.keys
    names.NEW_BASE_ADDRESS = kept.find(({ chain }) => chain === 'evm')?.address ?? ''
    names.NEW_SOLANA_ADDRESS = kept.find(({ chain }) => chain === 'solana')?.address ?? ''
  }
  expect(commands.length).toBeGreaterThan(8)
  expect([await evm.balance(), await sol.balance()]).toEqual([0n, 0n])
  const paid = await bursar('pay', stack.env.X402_REPORT_URL, '--max-amount', '0.1')
  expect(paid, 'from the new wallet').toMatchObject({ code: 0 })
  expect((await bursar('wallet', 'list')).out).not.toContain('old')
})

test('the lines on wallets of the command work one after another', async ({ stack }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const idJson = join(folder, 'id.json')
  writeFileSync(idJson, JSON.stringify(Array.from({ length: 32 }, (_, index) => index + 1)))
  const [old, next] = ['correct horse', 'battery staple']
  const { bursar } = await withWallets(
    {},
    {
      env: {
        BURSAR_PASSPHRASE_FILE: '',
        BURSAR_RPC_BASE: stack.env.BURSAR_RPC_BASE ?? '',
        BURSAR_RPC_SOLANA: stack.env.BURSAR_RPC_SOLANA ?? ''
      },
      answers: [old, old, old, old, old, next, next, 'treasury']
    }
  )
  for (const line of commandsOf('command-wallets.md', 'walk', { '~/.config/solana/id.json': idJson })) {
    const ended = await bursar(...line)
    expect(ended.code, `${line.join(' ')}\n${ended.err}`).toBe(0)
  }
  const { keys: listed } = JSON.parse((await bursar('wallet', 'list', '--json')).out)
  expect(listed).toMatchObject([
    { wallet: 'main' },
    { wallet: 'main' },
    { wallet: 'research', isDefault: true }
  ])
})

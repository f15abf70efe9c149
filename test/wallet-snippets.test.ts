import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { problemsOf } from './compile-snippet.js'

const guide = readFileSync(new URL('../docs/guides/wallets.md', import.meta.url), 'utf8')

/** The code of the guide between two marks. */
function snippet(mark: string): string {
  const [, code] = new RegExp(`<!-- ${mark}:start -->\n\`\`\`ts\n([\\s\\S]*?)\`\`\``).exec(guide) ?? []
  return code ?? expect.unreachable()
}

it.each([
  ['a wallet that announces itself', 'page-wallet'],
  ['wagmi', 'page-wagmi'],
  ['the Wallet Standard', 'page-solana']
])('P38: the code for a page with %s compiles with the real types', async (_, mark) => {
  const code = snippet(mark)
  expect(await problemsOf(code)).toEqual([])
  expect(await problemsOf(code.replace(/limits(?:: \{[^}]*\})?,/g, ''))).not.toEqual([])
})

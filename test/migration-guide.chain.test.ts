import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Stack, StackWallets } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect, it } from 'vitest'
import { newFolder, problemsOf } from './compile-snippet.js'
import { startFirstVersionShop } from './first-version-shop.js'

const run = promisify(execFile)
const page = readFileSync(new URL('../docs/migration.md', import.meta.url), 'utf8')
const test = stackTest({ solana: false })

/** A client that users come from, the version that the page names, and a server that it can pay. */
const clients = [
  { name: '@x402/fetch', version: '2.27.0', sell: ({ env }: Stack) => env.X402_REPORT_URL },
  { name: 'x402-fetch', version: '1.2.0', sell: startFirstVersionShop },
  { name: '@x402/axios', version: '2.11.0', sell: ({ env }: Stack) => env.X402_REPORT_URL },
  { name: 'x402-axios', version: '0.7.2', sell: startFirstVersionShop }
] as const

function programOf(age: 'old' | 'new', name: string): string {
  const block = page.split(`<!-- ${age}:${name} -->`)[1]
  return /^\n```ts\n([\s\S]*?)```/.exec(block ?? '')?.[1] ?? expect.unreachable(`${age} ${name}`)
}

/** Runs a program of the page, whose server is one of the stack. Its own words stay as they are. */
async function play(text: string, url: string, { env, options }: StackWallets): Promise<string> {
  const folder = await newFolder()
  const rpcUrls = `rpcUrls: ${JSON.stringify(options.rpcUrls)}, limits:`
  await writeFile(
    `${folder}/program.ts`,
    text.replace('https://api.example/report', url).replace('limits:', rpcUrls)
  )
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'program.ts'], {
    cwd: folder,
    env: { ...process.env, ...env }
  })
  return stdout
}

it('P90: the page compares with the versions that are installed here', () => {
  for (const { name, version } of clients) {
    const { version: installed } = JSON.parse(
      readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')
    )
    expect(installed).toBe(version)
    expect(page).toContain(`\`${name}\` ${version}`)
  }
})

describe.each(clients)('P90: moving from $name', ({ name, sell }) => {
  for (const age of ['old', 'new'] as const) {
    it(`the ${age} program compiles by the strictest settings`, async () => {
      expect(await problemsOf(programOf(age, name))).toEqual([])
    })

    test(`the ${age} program pays once`, async ({ stack, wallets }) => {
      const printed = await play(programOf(age, name), await sell(stack), wallets)
      expect(printed).toMatch(/report.*paid/)
      await expect(wallets).toHavePaidOnce()
    })
  }
})

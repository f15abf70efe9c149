import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { startStack } from '@bursar/gateway'
import { beforeAll, expect, it } from 'vitest'
import { newFolder, problemsOf } from './compile-snippet.js'
import { program, snippets, vitestProgram } from './readme.js'

const run = promisify(execFile)

beforeAll(() => {
  expect(snippets.length).toBeGreaterThan(6)
})

it('P1, P4: every snippet of README compiles, one after the other, by the strictest settings', async () => {
  expect(await problemsOf(program)).toEqual([])
  const given = 'declare function runAgent(options: { env: object }): Promise<void>\n'
  expect(await problemsOf(`import { expect } from 'vitest'\n${given}${vitestProgram}`)).toEqual([])
})

it('P1: every snippet of README runs, one after the other, against the local stack', async () => {
  await using stack = await startStack()
  const folder = await newFolder()
  const local = program
    .replaceAll('https://kat.imgnai.com', stack.env.KATANA_URL ?? '')
    .replaceAll('createBursar({', 'createBursar({ rpcUrls: JSON.parse(process.env["RPC_URLS"] ?? ""),')
    .replaceAll('createKatana(bursar, {', `createKatana(bursar, { baseUrl: '${stack.env.KATANA_URL}',`)
  await writeFile(`${folder}/readme.ts`, `${local}\nconsole.log('to the end')\n`)
  const rpcUrls = {
    'eip155:8453': stack.env.BURSAR_RPC_BASE,
    'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': stack.env.BURSAR_RPC_SOLANA
  }
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'readme.ts'], {
    cwd: folder,
    env: { ...process.env, ...stack.env, BURSAR_HOME: `${folder}/home`, RPC_URLS: JSON.stringify(rpcUrls) },
    timeout: 300_000
  })
  expect(stdout).toContain('to the end')
}, 400_000)

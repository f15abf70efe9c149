import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js')

const LONG_MS = 600_000

/** A test that says where its chain is, and then hangs. */
const hanging = (entry: string, file: string): string => `
import { writeFileSync } from 'node:fs'
import { stackTest } from '@bursar/gateway/${entry}'
stackTest({ solana: false })('hangs', async ({ stack }) => {
  writeFileSync(${JSON.stringify(file)}, stack.base.rpcUrl)
  await new Promise((resolve) => setTimeout(resolve, ${LONG_MS}))
}, ${LONG_MS})
`

async function answers(url: string): Promise<boolean> {
  return fetch(url, { method: 'POST', body: '{}' }).then(
    () => true,
    () => false
  )
}

it.each([
  // With one file, jest runs it in its own process.
  ['jest', ['--experimental-vm-modules', jest, '--maxWorkers=2', '--transform={}'], 2],
  ['node-test', ['--test'], 1]
] as const)(
  'P70: the chains of tests that hang end when %s is killed',
  async (entry, argv, count) => {
    const folder = await mkdtemp(join(here, '.killed-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    for (let file = 0; file < count; file++) {
      const source = hanging(entry, join(folder, `${file}.url`))
      await writeFile(join(folder, `hang-${file}.test.js`), source)
    }
    const { PATH, HOME } = process.env
    const options = { cwd: folder, env: { PATH, HOME }, stdio: 'ignore', detached: true } as const
    const runner = spawn(process.execPath, argv, options)
    const ended = once(runner, 'exit')
    const { pid = expect.unreachable() } = runner
    // The tests themselves still hang.
    onTestFinished(() => void process.kill(-pid, 'SIGKILL'))
    const urlFiles = async (): Promise<string[]> =>
      (await readdir(folder)).filter((name) => name.endsWith('.url'))
    await expect.poll(async () => (await urlFiles()).length, { timeout: 60_000 }).toBe(count)
    const read = async (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
    const urls = await Promise.all((await urlFiles()).map(read))
    for (const url of urls) expect(await answers(url)).toBe(true)
    runner.kill('SIGKILL')
    await ended
    for (const url of urls) await expect.poll(() => answers(url), { timeout: 30_000 }).toBe(false)
  },
  120_000
)

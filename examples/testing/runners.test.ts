import { spawn } from 'node:child_process'
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const require = createRequire(import.meta.url)

/** The program of a package, by the name of its file there. */
function programOf(name: string, file: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), file)
}

/** How each runner is started in its folder. */
const runners: readonly (readonly [folder: string, argv: readonly string[]])[] = [
  ['vitest', [programOf('vitest', 'vitest.mjs'), 'run']],
  ['jest', ['--experimental-vm-modules', programOf('jest', 'bin/jest.js')]],
  ['node-test', ['--test']],
  ['playwright', [programOf('@playwright/test', 'cli.js'), 'test']]
]

/** Runs a program of Node in a folder, without what this run of vitest has put into the environment. */
async function run(folder: string, argv: readonly string[]): Promise<{ code: number | null; text: string }> {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, argv, { cwd: folder, env: { PATH, HOME, CI: '1' } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  child.stderr.on('data', (chunk) => (text += chunk))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, text }
}

/** Copies an example, and lets it expect another sum than it pays. */
async function failingCopy(folder: string): Promise<string> {
  const copy = join(here, `.copy-of-${folder}-${process.pid}`)
  onTestFinished(() => rm(copy, { recursive: true, force: true }))
  await cp(join(here, folder), copy, { recursive: true })
  const [name = ''] = (await readdir(copy)).filter((each) => each.startsWith('agent.'))
  const source = await readFile(join(copy, name), 'utf8')
  const changed = source.replace("'0.01'", "'0.02'")
  expect(changed).not.toBe(source)
  await writeFile(join(copy, name), changed)
  return copy
}

describe.each(runners)('P78: the example for %s', (folder, argv) => {
  it('passes in the runner itself', async () => {
    const { code, text } = await run(join(here, folder), argv)
    expect(text).toMatch(/2 passed|pass 2/)
    expect(code, text).toBe(0)
  })

  it('P77: fails where it must, and says in words what was paid instead', async () => {
    const { code, text } = await run(await failingCopy(folder), argv)
    expect(code, text).toBe(1)
    expect(text).toContain('Expected 0.02 USDC to be spent. One payment has settled, 0.01 USDC in all:')
    expect(text).toMatch(/0\.01 USDC on Base to 0x[0-9a-fA-F]{40}/)
  })
})

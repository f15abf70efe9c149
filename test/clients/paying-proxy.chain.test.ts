import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { stackTest } from '@bursar/gateway/vitest'
import { expect, onTestFinished } from 'vitest'

const test = stackTest({ solana: false })

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Starts the proxy as a run of sessions does, says where it is, and stays. */
const runner = `
const { startPayingProxy } = await import('./scripts/clients/paying-proxy.ts')
const { url } = await startPayingProxy(JSON.parse(process.env.WALLET_ENV), 'direct', '200')
console.log(url)
setInterval(() => {}, 1000)`

test('the proxy of the sessions ends with the process that started it, also when that is killed', async ({
  stack
}) => {
  const { env } = await stack.newWallet('1')
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', runner], {
    cwd: root,
    env: { PATH: process.env.PATH, WALLET_ENV: JSON.stringify(env) },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true
  })
  onTestFinished(() => endGroup(child.pid))
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const url = String(line).trim()
  expect((await fetch(url)).status).toBeLessThan(500)
  child.kill('SIGKILL')
  await expect
    .poll(
      () =>
        fetch(url).then(
          () => 'answers',
          () => 'gone'
        ),
      { timeout: 30_000 }
    )
    .toBe('gone')
}, 90_000)

/** Ends what is left of a group of processes. */
function endGroup(pid = 0): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

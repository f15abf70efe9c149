import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, onTestFinished, vi } from 'vitest'

it('P70: a worker that hangs in a test ends its chains when its runner is killed', async () => {
  const program = `
    import { lazyStack } from ${JSON.stringify(new URL('lazy-stack.ts', import.meta.url).href)}
    const { env } = await lazyStack({ solana: false }).start()
    process.send(env.BURSAR_RPC_BASE)
    setTimeout(() => {}, 600_000)`
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program]
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  onTestFinished(() => void worker.kill('SIGKILL'))
  const [rpcUrl] = await once(worker, 'message')
  const ask = () => fetch(rpcUrl, { method: 'POST', body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}' })
  expect((await ask()).status).toBe(200)
  worker.disconnect()
  await vi.waitFor(() => expect(ask()).rejects.toThrow('fetch failed'), { timeout: 30_000 })
  expect(worker.exitCode).toBeNull()
}, 90_000)

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'

const root = new URL('..', import.meta.url)

/** Whether something still listens at an address. */
async function answers(url: string): Promise<boolean> {
  return fetch(url, { method: 'POST', body: '{}' }).then(
    () => true,
    () => false
  )
}

it.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
  'a demo that is ended by %s in the middle leaves no chain and no gateway behind',
  async (signal) => {
    const args = ['--import', 'tsx', 'scripts/demo.ts', '--out', 'out/orphans']
    const demo = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
    const ended = once(demo, 'exit')
    const urls = await new Promise<string[]>((resolve) => {
      let said = ''
      // A listener, since leaving an async loop would close the pipe and end the demo by itself.
      demo.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const found = new Set([...said.matchAll(/http:\/\/127\.0\.0\.1:\d+/g)].map(([url]) => url))
        if (found.size >= 2) resolve([...found])
      })
    })
    const [chain = '', gateway = ''] = urls
    expect(await answers(chain)).toBe(true)
    demo.kill(signal)
    await ended
    for (const url of [chain, gateway]) await expect.poll(() => answers(url), { interval: 50 }).toBe(false)
  }
)

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { challenge, receipt, startPaidServer } from './loopback/paid-server.js'

/** Looks for an equal call, finds none, and is held up by its user before it reserves. */
const buyer = `
  import { createBursar } from 'bursar'
  import { sqliteLedger } from '@bursar/ledger/sqlite'
  const [, path, url] = process.argv
  const say = (text) => process.stdout.write(text + '\\n')
  const confirmed = () => new Promise((go) => process.stdin.once('data', () => go(true)))
  const ledger = sqliteLedger({ path })
  const resume = async (query, options) => {
    const answer = await ledger.resume(query, options)
    say(answer.kind)
    return answer
  }
  const bursar = createBursar({
    evm: '0x' + '11'.repeat(32),
    ledger: { ...ledger, resume },
    limits: { payment: '0.05', total: '1' },
    inFlight: 'join',
    confirm: () => (say('asked'), confirmed())
  })
  const response = await bursar.fetch(url, { method: 'POST', body: 'buy' })
  say(await response.text())
  await bursar.close()
  process.stdin.destroy()`

function start(path: string, url: string) {
  const args = ['--input-type=module', '-e', buyer, path, url]
  const child = spawn(process.execPath, args, {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit']
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  return {
    said: () => said.split('\n').filter((line) => line !== ''),
    go: () => void child.stdin.write('go\n'),
    // Not its exit, at which some of what it has said may still be on the way.
    gone: once(child, 'close')
  }
}

it('M16: two processes that look before either has reserved pay once, and both are answered', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-joined-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const server = await startPaidServer({
    '/slow': async (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      await released
      response.writeHead(200, receipt()).end('bought')
    }
  })
  const buyers = [1, 2].map(() => start(join(folder, 'ledger.db'), `${server.url}/slow`))
  const all = (): string[] => buyers.flatMap((each) => each.said())
  const saying = (text: string) =>
    expect.poll(() => all().filter((line) => line === text).length, { interval: 5 })
  await saying('asked').toBe(2)
  for (const each of buyers) each.go()
  await saying('in-flight').toBeGreaterThan(0)
  release()
  await Promise.all(buyers.map(({ gone }) => gone))
  expect(all().filter((line) => line === 'bought')).toHaveLength(2)
  expect(all().filter((line) => line === 'asked')).toHaveLength(2)
  expect(server.payments()).toBe(1)
})

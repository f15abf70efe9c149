import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { EVM_KEY } from '../packages/cli/test/terminal.js'
import { bin, type Ended } from './command.js'
import { startPaidServer } from './loopback/paid-server.js'

/** Runs the command in a shell, so that it has the standard output that a shell gives it. */
function newShell() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-output-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const env = {
    PATH: process.env.PATH,
    BURSAR_HOME: home,
    EVM_PRIVATE_KEY: EVM_KEY,
    BURSAR_RPC_BASE: 'http://127.0.0.1:9'
  }
  return (line: string) =>
    new Promise<Ended>((resolve) => {
      const child = spawn('sh', ['-c', line.replace('bursar', `"${process.execPath}" "${bin}"`)], { env })
      let [out, err] = ['', '']
      child.stdout.on('data', (chunk) => (out += chunk))
      child.stderr.on('data', (chunk) => (err += chunk))
      child.on('close', (code) => resolve({ code, out, err }))
    })
}

it('an answer that standard output does not take ends with 4, and the same command gets it', async () => {
  const { url, payments } = await startPaidServer()
  const shell = newShell()
  const line = `bursar pay ${url}/report --max-amount 1`
  expect(await shell(`${line} > /dev/full`)).toMatchObject({
    code: 4,
    err: expect.stringMatching(/could not be written.*pays no more.*no space is left/)
  })
  expect(await shell(line)).toMatchObject({ code: 0, out: expect.stringContaining('"paid":true') })
  expect(payments()).toBe(1)
})

it('nothing is bought for a standard output that is closed, and it may be discarded', async () => {
  const { url, payments } = await startPaidServer()
  const shell = newShell()
  const line = `bursar pay ${url}/report --max-amount 1`
  expect(await shell(`${line} >&-`)).toMatchObject({
    code: 2,
    err: expect.stringContaining('Standard output is closed')
  })
  expect(payments()).toBe(0)
  expect((await shell(`${line} > /dev/null`)).code).toBe(0)
  expect(payments()).toBe(1)
})

it('a list that standard output does not take ends with 1, and one that nobody reads on with 0', async () => {
  const shell = newShell()
  expect(await shell('bursar models > /dev/full')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^Standard output could not be written: ENOSPC/)
  })
  expect(await shell('(bursar models; echo "ended with $?" >&2) | true')).toMatchObject({
    err: 'ended with 0\n'
  })
})

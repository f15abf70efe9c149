import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const scripts = fileURLToPath(new URL('../scripts', import.meta.url))

/** Tells every file that Node's own loader is asked for. */
const hooks = `export async function load(url, context, next) {
  process._rawDebug(url)
  return next(url, context)
}`
const register = `import { register } from 'node:module'
register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)})`

function filesLoadedBy(program: string): string[] {
  const args = [
    '--import',
    `data:text/javascript,${encodeURIComponent(register)}`,
    '--input-type=module',
    '-e',
    program
  ]
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: scripts, encoding: 'utf8' })
  expect([status, stderr.match(/Error/)]).toEqual([0, null])
  return stderr.split('\n').filter((line) => line.startsWith('file:'))
}

const create = `
  import { createBursar } from 'bursar'
  const evm = '0x' + '11'.repeat(32)
  const bursar = createBursar({ evm, limits: { payment: '1' } })`

const payOnBase = `${create}
  import { createServer } from 'node:http'
  const encode = (value) => btoa(JSON.stringify(value))
  const offer = { scheme: 'exact', network: 'eip155:8453', amount: '1', asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    payTo: '0x' + '22'.repeat(20), maxTimeoutSeconds: 60, extra: { name: 'USD Coin', version: '2' } }
  const server = createServer((request, response) => {
    const paid = request.headers['payment-signature'] !== undefined
    if (paid) response.writeHead(200, { 'PAYMENT-RESPONSE': encode({ success: true }) }).end('{}')
    else response.writeHead(402, { 'PAYMENT-REQUIRED': encode({ x402Version: 2, accepts: [offer] }) }).end()
  }).listen(0, '127.0.0.1', async () => {
    const response = await bursar.fetch('http://127.0.0.1:' + server.address().port)
    if (bursar.receiptOf(response)?.moneyState !== 'settled') process.exit(1)
    server.closeAllConnections()
    server.close()
    await bursar.close()
  })`

it('importing bursar and setting it up reads a handful of files, and neither viem nor undici nor zod', () => {
  const files = filesLoadedBy(create)
  expect(files.filter((file) => /node_modules\/(?:viem|undici|zod|@solana)\//.test(file))).toEqual([])
  expect(files.length).toBeLessThan(25)
})

it('paying on Base loads no viem and nothing of Solana', () => {
  const files = filesLoadedBy(payOnBase)
  expect(files.some((file) => file.includes('/packages/evm/dist/'))).toBe(true)
  expect(files.filter((file) => /node_modules\/(?:viem|@solana|bs58)\/|packages\/solana/.test(file))).toEqual(
    []
  )
})

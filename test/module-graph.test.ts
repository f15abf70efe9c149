import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
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
  expect(status, stderr.slice(-2000)).toBe(0)
  // What is imported together arrives in any order.
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('file:'))
    .toSorted()
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

const payOnSolana = `
  import { createBursar } from 'bursar'
  import { createServer } from 'node:http'
  const encode = (value) => btoa(JSON.stringify(value))
  const network = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
  const usdc = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'
  const tokenProgram = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'
  const [feePayer, payTo] = ['2wKupLR9q6wXYppw8Gr2NvWxKBUqm4PPJKkQfoxHDBg4', 'CiDwVBFgWV9E5MvXWoLgnEgn2hK7rJikbvfWavzAQz3']
  const offer = { scheme: 'exact', network, amount: '1', asset: usdc, payTo, maxTimeoutSeconds: 60, extra: { feePayer } }
  const mint = new Uint8Array(82)
  mint[44] = 6
  mint[45] = 1
  const account = new Uint8Array(165)
  const slice = (data, { offset, length }) => data.subarray(offset, offset + length)
  const owned = (data) => ({ owner: tokenProgram, data: [btoa(String.fromCharCode(...data)), 'base64'] })
  const answers = {
    getGenesisHash: () => '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
    getLatestBlockhash: () => ({ context: { slot: 9 }, value: { blockhash: usdc, lastValidBlockHeight: 159 } }),
    getAccountInfo: ([key, { dataSlice }]) =>
      ({ context: { slot: 9 }, value: owned(slice(key === usdc ? mint : account, dataSlice)) })
  }
  const server = createServer(async (request, response) => {
    if (request.url === '/rpc') {
      let text = ''
      for await (const chunk of request) text += chunk
      const { id, method, params } = JSON.parse(text)
      response.writeHead(200, { 'content-type': 'application/json' })
      return response.end(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method](params) }))
    }
    const paid = request.headers['payment-signature'] !== undefined
    if (paid) response.writeHead(200, { 'PAYMENT-RESPONSE': encode({ success: true }) }).end('{}')
    else response.writeHead(402, { 'PAYMENT-REQUIRED': encode({ x402Version: 2, accepts: [offer] }) }).end()
  }).listen(0, '127.0.0.1', async () => {
    const url = 'http://127.0.0.1:' + server.address().port
    const solana = JSON.stringify(Array(32).fill(7))
    const bursar = createBursar({ solana, limits: { payment: '1' }, rpcUrls: { [network]: url + '/rpc' } })
    const response = await bursar.fetch(url)
    if (bursar.receiptOf(response)?.moneyState !== 'settled') process.exit(1)
    server.closeAllConnections()
    server.close()
    await bursar.close()
  })`

it('importing bursar and setting it up reads a handful of files, and neither viem nor undici nor zod', () => {
  const files = filesLoadedBy(create)
  expect(files.filter((file) => /node_modules\/(?:viem|undici|zod|@solana)\//.test(file))).toEqual([])
  // Each costs half a millisecond. What several entries of a package share is one file of its own.
  expect(files.length).toBeLessThanOrEqual(16)
})

it("importing bursar and setting it up leaves the platform's fetch alone, whose first mention takes as long as all the rest", () => {
  const isLoaded = "process.moduleLoadList.includes('NativeModule internal/deps/undici/undici')"
  const without = filesLoadedBy(`${create}\nif (${isLoaded}) process.exit(1)`)
  const withIt = `${create}\nvoid globalThis.Response\nif (!${isLoaded}) process.exit(1)`
  expect(filesLoadedBy(withIt)).toEqual(without)
})

it('paying on Base loads no viem and nothing of Solana', () => {
  const files = filesLoadedBy(payOnBase)
  expect(files.some((file) => file.includes('/packages/evm/dist/'))).toBe(true)
  expect(files.filter((file) => /node_modules\/(?:viem|@solana|bs58)\/|packages\/solana/.test(file))).toEqual(
    []
  )
})

it('paying on Solana loads no viem, and neither web3.js nor spl-token', () => {
  const files = filesLoadedBy(payOnSolana)
  expect(files.some((file) => file.includes('/packages/solana/dist/'))).toBe(true)
  expect(files.filter((file) => /node_modules\/(?:viem|@solana)\//.test(file))).toEqual([])
})

/** The command, as it is run, in a home of its own. */
const command = (...argv: string[]) => `
  import { mkdtempSync, rmSync } from 'node:fs'
  import { createServer } from 'node:http'
  const home = mkdtempSync('${tmpdir()}/bursar-graph-')
  process.on('exit', () => rmSync(home, { recursive: true }))
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const calls = [JSON.parse(text)].flat().map(({ id, method }) => ({ jsonrpc: '2.0', id, result: method === 'eth_chainId' ? '0x2105' : '0x' + '0'.repeat(64) }))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(text[0] === '[' ? calls : calls[0]))
  }).listen(0, '127.0.0.1', async () => {
    Object.assign(process.env, {
      BURSAR_HOME: home,
      EVM_PRIVATE_KEY: '0x' + '11'.repeat(32),
      BURSAR_RPC_BASE: 'http://127.0.0.1:' + server.address().port
    })
    process.argv = [process.execPath, 'bursar', ...${JSON.stringify(argv)}]
    await import(${JSON.stringify(new URL('../packages/cli/dist/bin.js', import.meta.url).href)})
    server.closeAllConnections()
    server.close()
  })`

it('bursar --version loads the command line and nothing that pays', () => {
  const files = filesLoadedBy(command('--version'))
  expect(files.filter((file) => /node_modules\/(?!\.pnpm|commander)/.test(file))).toEqual([])
  expect(
    files.filter((file) => /packages\/(?!cli|core|ledger\/dist\/(?:default-path|chunks))/.test(file))
  ).toEqual([])
})

it('bursar balance loads no proxy, no tools, and nothing of a chain that it has no account on', () => {
  const files = filesLoadedBy(command('balance', '--json'))
  expect(files.some((file) => file.includes('/packages/evm/dist/'))).toBe(true)
  expect(
    files.filter((file) =>
      /modelcontextprotocol|node_modules\/.*@solana|packages\/(?:solana|gateway|proxy|mcp)/.test(file)
    )
  ).toEqual([])
  const packages = /node_modules\/(?:zod|viem|undici|@scure|@noble\/curves|string-width|wrap-ansi)\//
  expect(files.filter((file) => packages.test(file))).toEqual([])
  // Nothing that makes images, videos or texts, and nothing that reads a 402.
  expect(
    files.filter((file) => /generation\/dist\/katana\.js|translation|core\/dist\/wire/.test(file))
  ).toEqual([])
})

it('bursar mcp has what it uses of the SDK and of zod in its own files, and loads Ajv for nobody who asks no person', () => {
  const files = filesLoadedBy(command('mcp', '--max-amount', '0.10', '--limit', 'day=1'))
  expect(files.some((file) => file.includes('/packages/cli/dist/chunks/mcp-'))).toBe(true)
  expect(files.filter((file) => /modelcontextprotocol|node_modules\/(?:zod|ajv)/.test(file))).toEqual([])
  // The texts of zod's errors in other languages are half a megabyte.
  const isTranslated = (file: string): boolean =>
    readFileSync(fileURLToPath(file), 'utf8').includes('zod/v4/locales/de.js')
  expect(files.filter(isTranslated)).toEqual([])
})

it("bursar history leaves the platform's fetch alone", () => {
  const isLoaded = "process.moduleLoadList.includes('NativeModule internal/deps/undici/undici')"
  const check = `process.on('exit', () => { if (${isLoaded}) process.exitCode = 1 })`
  expect(filesLoadedBy(`${command('history', '--json')}\n${check}`)).not.toEqual([])
})

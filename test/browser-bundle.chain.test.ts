import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'
import { imageRequest, imageUrl, useStack } from './stack.js'

const stack = useStack()

/** Bundles a page's script as a page would have it, into one file. */
async function bundle(contents: string): Promise<{ file: string; text: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-browser-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error'
  })
  const text = outputFiles[0]?.text ?? ''
  const file = join(folder, 'page.mjs')
  writeFileSync(file, text)
  return { file, text }
}

it('the bundle for browsers needs nothing of Node, and pays with the platform alone', async () => {
  const { file, text } = await bundle("export { createBursar } from 'bursar'")
  expect(text.match(/(?:from|import\(|require\()\s*["']node:/g)).toBeNull()
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await stack.chain.mint(address, 1_000_000n)
  const program = `
    const { argv, exit } = process
    const { createBursar } = await import(argv[1])
    const bursar = createBursar({ evm: argv[2], limits: { payment: '0.25' }, ledger: 'memory' })
    const response = await bursar.fetch(argv[3], { method: 'POST', headers: { 'content-type': 'application/json' }, body: argv[4] })
    const { request_id: id } = await response.json()
    if (!id || bursar.receiptOf(response)?.moneyState !== 'settled') exit(1)`
  const args = [pathToFileURL(file).href, key, imageUrl(stack), String(imageRequest('from a browser').body)]
  // Not spawnSync: the gateway lives in this process.
  const run = promisify(execFile)
  await run(process.execPath, ['--input-type=module', '-e', program, ...args], { timeout: 80_000 })
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
})

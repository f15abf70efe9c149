import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { stackTest } from '@bursar/gateway/vitest'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { expect, onTestFinished } from 'vitest'

const test = stackTest({ solana: false })
const folder = new URL('../examples/worker/', import.meta.url)

/** The Worker as one file, as wrangler bundles it. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('worker.ts', folder))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    write: false,
    logLevel: 'error'
  })
  return outputFiles[0]?.text ?? expect.unreachable()
}

test("issue 19: the Worker buys in Cloudflare's runtime, and its requests share one budget", async ({
  stack,
  wallets
}) => {
  const settings = readFileSync(new URL('wrangler.toml', folder), 'utf8')
  const [, compatibilityDate = ''] = /compatibility_date = "(.*)"/.exec(settings) ?? []
  const cloudflare = new Miniflare({
    modules: true,
    script: await bundle(),
    compatibilityDate,
    bindings: {
      EVM_PRIVATE_KEY: wallets.env.EVM_PRIVATE_KEY ?? expect.unreachable(),
      REPORT_URL: stack.env.X402_REPORT_URL,
      RPC_URL: stack.env.BURSAR_RPC_BASE ?? expect.unreachable()
    },
    durableObjects: { LEDGER: { className: 'LedgerObject', useSQLite: true } }
  })
  onTestFinished(() => cloudflare.dispose())
  const url = await cloudflare.ready
  const answers: unknown[] = []
  for (let count = 0; count < 3; count++) answers.push(await (await fetch(url)).json())
  const sold = { report: expect.stringContaining('paid'), paid: '0.01' }
  expect(answers).toEqual([sold, sold, { error: 'offer/over-limit', money: 'none' }])
  await expect(wallets).toHaveSpent('0.02')
})

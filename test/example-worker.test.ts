import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StackWallets } from '@bursar/gateway'
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

/** Runs the Worker in Cloudflare's runtime, with its object on the disk. It ends with the test at the latest. */
async function startWorker(
  { env }: StackWallets,
  reportUrl: string,
  disk: string
): Promise<{ readonly url: URL; stop(): Promise<void> }> {
  const settings = readFileSync(new URL('wrangler.toml', folder), 'utf8')
  const [, compatibilityDate = ''] = /compatibility_date = "(.*)"/.exec(settings) ?? []
  const cloudflare = new Miniflare({
    modules: true,
    script: await bundle(),
    compatibilityDate,
    bindings: {
      EVM_PRIVATE_KEY: env.EVM_PRIVATE_KEY ?? expect.unreachable(),
      REPORT_URL: reportUrl,
      RPC_URL: env.BURSAR_RPC_BASE ?? expect.unreachable()
    },
    durableObjects: { LEDGER: { className: 'LedgerObject', useSQLite: true } },
    durableObjectsPersist: disk
  })
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= cloudflare.dispose()
    return stopping
  }
  onTestFinished(stop)
  return { url: await cloudflare.ready, stop }
}

async function newDisk(): Promise<string> {
  const disk = await mkdtemp(join(tmpdir(), 'bursar-worker-'))
  onTestFinished(() => rm(disk, { recursive: true, force: true }))
  return disk
}

async function ask(url: URL): Promise<unknown> {
  return (await fetch(url)).json()
}

const refused = { error: 'offer/over-limit', money: 'none' }

test("issue 19: the Worker buys in Cloudflare's runtime, and its requests share one budget, which outlives it", async ({
  stack,
  wallets
}) => {
  const disk = await newDisk()
  const first = await startWorker(wallets, stack.env.X402_REPORT_URL, disk)
  const sold = { report: expect.stringContaining('paid'), paid: '0.01' }
  expect(await ask(first.url)).toEqual(sold)
  await first.stop()
  const second = await startWorker(wallets, stack.env.X402_REPORT_URL, disk)
  expect([await ask(second.url), await ask(second.url)]).toEqual([sold, refused])
  await expect(wallets).toHaveSpent('0.02')
})

test('issue 19: a Worker that is ended in the middle of a payment is carried on by the next one', async ({
  stack,
  wallets
}) => {
  let letGo = (): void => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let paid = (): void => {}
  const settled = new Promise<void>((resolve) => {
    paid = resolve
  })
  stack.gateway.sell('/slow', '0.01', async () => {
    paid()
    await held
    return new Response('a report')
  })
  const disk = await newDisk()
  const first = await startWorker(wallets, `${stack.gateway.url}/slow`, disk)
  const lost = ask(first.url).catch(() => 'nobody answered')
  await settled
  await first.stop()
  expect(await lost).toBe('nobody answered')
  letGo()
  const second = await startWorker(wallets, `${stack.gateway.url}/slow`, disk)
  expect(await ask(second.url)).toEqual({ report: 'a report', paid: '0.01' })
  await expect(wallets).toHavePaidOnce()
}, 60_000)

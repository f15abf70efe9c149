import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { BenchRow } from './row.js'

/** What a page would write to pay on Base. */
export const entries = {
  ours: `import { createBursar } from 'bursar/evm'
    globalThis.pay = (key) => createBursar({ evm: key, limits: { payment: '0.05' }, ledger: 'memory' }).fetch`,
  theirs: `import { wrapFetchWithPaymentFromConfig } from '@x402/fetch'
    import { ExactEvmScheme } from '@x402/evm'
    import { privateKeyToAccount } from 'viem/accounts'
    globalThis.pay = (key) => wrapFetchWithPaymentFromConfig(fetch, {
      schemes: [{ network: 'eip155:8453', client: new ExactEvmScheme(privateKeyToAccount(key)) }] })`
}

/** Bytes, gzipped, that a browser loads before it can pay on Base. Chunks loaded later are not counted. */
export async function benchBundleSize(): Promise<BenchRow[]> {
  const ours = (await bundleForBrowser(entries.ours)).gzippedBytes
  const theirs = (await bundleForBrowser(entries.theirs)).gzippedBytes
  return [{ bench: 'bundle/evm-only', unit: 'B', peer: '@x402/fetch', ours, theirs, ratio: ours / theirs }]
}

/** A bundle, and the files that went into what is loaded at once. */
export interface BrowserBundle {
  readonly gzippedBytes: number
  readonly inputs: readonly string[]
}

/** Bundles an entry for browsers and weighs what is loaded at once. */
export async function bundleForBrowser(contents: string): Promise<BrowserBundle> {
  const resolveDir = fileURLToPath(new URL('..', import.meta.url))
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['browser'],
    minify: true,
    write: false,
    metafile: true,
    outdir: 'out',
    entryNames: 'entry',
    logLevel: 'error'
  })
  const loaded = new Set(['out/entry.js'])
  for (const name of loaded) {
    for (const { path, kind } of metafile.outputs[name]?.imports ?? [])
      if (kind === 'import-statement') loaded.add(path)
  }
  const inputs = [...loaded].flatMap((name) => Object.keys(metafile.outputs[name]?.inputs ?? {}))
  const gzippedBytes = outputFiles
    .filter(({ path }) => [...loaded].some((name) => path.replaceAll('\\', '/').endsWith(name)))
    .reduce((sum, { contents: bytes }) => sum + gzipSync(bytes).byteLength, 0)
  return { gzippedBytes, inputs }
}

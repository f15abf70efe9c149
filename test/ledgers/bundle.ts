import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Bundles a program for a page or a Worker, in which the ledger's contract can be run. */
export async function bundleForWeb(contents: string, conditions: readonly string[] = []): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: [...conditions],
    alias: { vitest: `${here}small-vitest.ts` },
    write: false,
    logLevel: 'error'
  })
  return outputFiles[0]?.text ?? ''
}

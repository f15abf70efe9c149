import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Bundles a program for a page or a Worker, in which the ledger's contract can be run. */
export function bundleForWeb(contents: string, conditions: readonly string[] = []): Promise<string> {
  return bundle(contents, { platform: 'browser', conditions: [...conditions] })
}

/** Bundles a program for Node, Bun or Deno, in which the ledger's contract can be run. What it imports by URL is imported so. */
export function bundleForProgram(contents: string): Promise<string> {
  return bundle(contents, { platform: 'node', external: ['file:*'] })
}

async function bundle(contents: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    stdin: { contents, resolveDir: here },
    bundle: true,
    format: 'esm',
    alias: { vitest: `${here}small-vitest.ts` },
    write: false,
    logLevel: 'error'
  })
  return outputFiles[0]?.text ?? ''
}

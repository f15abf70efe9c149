import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Bundles a program for a page or a Worker, in which the ledger's contract can be run. */
export async function bundleForWeb(contents: string, conditions: readonly string[] = []): Promise<string> {
  const options = { ...optionsFor(contents, conditions), platform: 'browser', write: false } as const
  const { outputFiles } = await build(options)
  return outputFiles?.[0]?.text ?? ''
}

/** Bundles a program for Node, Bun or Deno, in which the ledger's contract can be run. What it imports by URL is imported so. */
export async function bundleForProgram(contents: string): Promise<string> {
  const options = {
    ...optionsFor(contents, []),
    platform: 'node',
    external: ['file:*'],
    write: false
  } as const
  const { outputFiles } = await build(options)
  return outputFiles?.[0]?.text ?? ''
}

function optionsFor(contents: string, conditions: readonly string[]): BuildOptions {
  return {
    stdin: { contents, resolveDir: here },
    bundle: true,
    format: 'esm',
    conditions: [...conditions],
    alias: { vitest: `${here}small-vitest.ts` },
    logLevel: 'error'
  }
}

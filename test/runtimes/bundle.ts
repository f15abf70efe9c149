import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const suite = fileURLToPath(new URL('suite/', import.meta.url))

/** The files that runtimes run, in the folder where the packages are installed. */
export interface Programs {
  /** For Node, Bun and Deno, which find the packages by themselves. */
  readonly program: string
  /** With everything in it, as `wrangler` bundles. */
  readonly worker: string
  /** With everything in it, for a page. */
  readonly page: string
}

/** Makes them: first of the suite's own files, then of the packages that are installed beside them. */
export async function bundlePrograms(folder: string): Promise<Programs> {
  const programs = {
    program: join(folder, 'program.mjs'),
    worker: join(folder, 'worker.bundle.mjs'),
    page: join(folder, 'page.bundle.js')
  }
  await build({
    entryPoints: ['program', 'worker', 'page'].map((name) => join(suite, `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    format: 'esm'
  })
  // What needs files is never reached where there are none.
  const needsFiles = ['@bursar/keystore']
  const whole = { bundle: true, logLevel: 'error', platform: 'browser' } as const
  await build({
    ...whole,
    stdin: { contents: "export { LedgerObject, worker as default } from './worker.mjs'", resolveDir: folder },
    // What the platform brings.
    external: ['cloudflare:workers', ...needsFiles],
    outfile: programs.worker,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser']
  })
  await build({
    ...whole,
    entryPoints: [join(folder, 'page.mjs')],
    external: needsFiles,
    outfile: programs.page,
    format: 'iife'
  })
  return programs
}

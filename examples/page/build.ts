/** Bundles the page with esbuild, as Vite and others do: what is loaded later stays in files of its own. */
import { fileURLToPath } from 'node:url'
import type { BursarOptions } from 'bursar'
import { type BuildContext, context } from 'esbuild'

/** What the page buys, and where it reads the chains. */
export interface PageSettings {
  readonly reportUrl: string
  readonly rpcUrls: BursarOptions['rpcUrls']
  /** Where the files go. */
  readonly folder: string
}

/** Builds the page once. `context.serve` of esbuild serves what was built. */
export async function buildPage({ reportUrl, rpcUrls, folder }: PageSettings): Promise<BuildContext> {
  const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
  const page = await context({
    entryPoints: [pathOf('page.ts'), pathOf('page.css'), pathOf('index.html')],
    loader: { '.html': 'copy' },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    outdir: folder,
    logLevel: 'error',
    define: { REPORT_URL: JSON.stringify(reportUrl), RPC_URLS: JSON.stringify(rpcUrls ?? {}) }
  })
  await page.rebuild()
  return page
}

import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const suite = fileURLToPath(new URL('../suite/', import.meta.url))

const inJest = (load: string): string => `
test('pays', async () => {
  const { pay } = ${load}
  const results = Object.values(await pay(JSON.parse(process.env.WORLD)))
  expect(results.length > 0 && results.every((text) => text === '')).toBe(true)
}, 120_000)
`

const nextRoute = (runtime: string): string => `
import { pay } from '../../../pay.mjs'
export const runtime = '${runtime}'
export async function POST(request) {
  return Response.json(await pay(await request.json()))
}
`

/** What a user of each tool would write. */
const files: Readonly<Record<string, string>> = {
  'require.cjs': `
require('./pay.cjs').pay(JSON.parse(process.env.WORLD)).then((results) => console.log(JSON.stringify(results)))`,
  'bundled.cjs': `
require('./bundle.cjs').pay(JSON.parse(process.env.WORLD)).then((results) => console.log(JSON.stringify(results)))`,
  'program.ts': `
import { pay } from './suite/pay.js'
const results: Readonly<Record<string, string>> = await pay(JSON.parse(process.env.WORLD ?? ''))
console.log(JSON.stringify(results))`,
  'jest.config.mjs': `
export default { testEnvironment: 'node', testMatch: ['**/*.test.?js'], moduleFileExtensions: ['mjs', 'cjs', 'js'], transform: {} }`,
  'jest/esm.test.mjs': `import { pay } from '../pay.mjs'\n${inJest('{ pay }').replace(/ {2}const \{ pay \}.*\n/, '')}`,
  'jest/import.test.cjs': inJest("await import('../pay.mjs')"),
  'jest/require.test.cjs': inJest("require('../pay.cjs')"),
  'rspack.mjs': `
import { rspack } from '@rspack/core'
const output = { path: import.meta.dirname + '/rspack', filename: 'main.cjs', library: { type: 'commonjs2' } }
const options = { mode: 'production', target: 'node20', entry: './bundled-entry.mjs', output }
rspack(options, (error, stats) => {
  if (error || stats.hasErrors()) throw error ?? new Error(stats.toString('errors-only'))
})`,
  'bundled-entry.mjs': `
import { pay } from './pay.mjs'
pay(JSON.parse(process.env.WORLD)).then((results) => console.log(JSON.stringify(results)))`,
  'vite/index.html': `
<!doctype html><title>A page that pays</title><script type="module" src="/main.ts"></script>`,
  'vite/main.ts': `
import { pay } from '../suite/pay.js'
Object.assign(globalThis, { pay })`,
  'next/next.config.mjs': `
import { dirname } from 'node:path'
const root = dirname(import.meta.dirname)
export default { turbopack: { root }, outputFileTracingRoot: root }`,
  'next/app/layout.js': `
export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>
}`,
  'next/app/page.js': 'export default function Page() { return null }',
  'next/app/node/route.js': nextRoute('nodejs'),
  'next/app/edge/route.js': nextRoute('edge'),
  'wrangler/worker.ts': `
export { LedgerObject, worker as default } from '../suite/worker.js'`,
  'wrangler/no-keys.ts': 'export {}',
  'wrangler/wrangler.toml': `
name = "suite"
main = "worker.ts"
compatibility_date = "2026-11-01"
# What needs files is never reached here.
[alias]
"@bursar/keystore" = "./no-keys.ts"
[[durable_objects.bindings]]
name = "LEDGER"
class_name = "LedgerObject"
[[migrations]]
tag = "v1"
new_sqlite_classes = ["LedgerObject"]`
}

/** Writes what each tool is given into the folder where it is installed with the packages. */
export async function writeToolFiles(folder: string): Promise<void> {
  cpSync(suite, join(folder, 'suite'), { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text.trimStart())
  }
  for (const [format, ending] of [
    ['esm', 'mjs'],
    ['cjs', 'cjs']
  ] as const) {
    const outfile = join(folder, `pay.${ending}`)
    await build({
      entryPoints: [join(suite, 'pay.ts')],
      outfile,
      format,
      bundle: true,
      packages: 'external',
      platform: 'node'
    })
  }
}

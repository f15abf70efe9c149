/**
 * Builds every package: declarations with tsc, and one ES module for each entry with esbuild, so that an
 * import reads one file instead of fifty. Does nothing when no source has changed.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { joinChunks } from './build/join-chunks.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const packages = readdirSync(join(root, 'packages'))
  .map((name) => join(root, 'packages', name))
  .filter((folder) => existsSync(join(folder, 'package.json')))
const stamp = join(root, 'node_modules', '.bursar-build')

/**
 * Libraries that become part of a package's own files, less what it does not use: an import of zod reads seventy files,
 * which takes 38 ms, and one of viem four hundred, which takes 240 ms.
 */
const inlined = {
  '@bursar/cli': ['zod', '@bursar/mcp', '@modelcontextprotocol/sdk'],
  '@bursar/core': ['zod'],
  '@bursar/gateway': ['viem', 'zod'],
  '@bursar/generation': ['zod'],
  '@bursar/localchain': ['viem'],
  '@bursar/policy': ['zod']
}

/** Parts of those that stay by themselves: few who run the command need them, and CommonJS is in them. */
const apart = ['@modelcontextprotocol/sdk/client/*', '@modelcontextprotocol/sdk/server/streamableHttp.js']

/**
 * Packages of which a page loads little at once. A bundler puts a file that is used at once and later into what is loaded at
 * once, so that their small files stay apart.
 */
const split = ['@bursar/fetch']

/** Has the SDK of MCP load Ajv, which takes 40 ms, with the first answer of a person that it checks, and not before the first tool. */
const lateAjv = {
  name: 'late-ajv',
  /** @param {import('esbuild').PluginBuild} build */
  setup: (build) =>
    build.onLoad({ filter: /sdk[\\/]dist[\\/]esm[\\/]validation[\\/]ajv-provider\.js$/ }, () => ({
      contents: readFileSync(join(root, 'scripts/build/late-ajv-provider.js'), 'utf8'),
      loader: 'js'
    }))
}

const sources = hashSources()
if (
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === sources &&
  packages.every((folder) => existsSync(join(folder, 'dist')))
) {
  process.exit()
}
const startedMs = Date.now()
console.error(`Building ${packages.length} packages: types first …`)
for (const folder of packages) rmSync(join(folder, 'dist'), { recursive: true, force: true })
const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], {
  cwd: root,
  stdio: 'inherit'
})
if (tsc.status !== 0) process.exit(1)
console.error('… then one file for each entry …')
// The command takes in what others have built.
const [commands, others] = [packages.filter(isCommand), packages.filter((folder) => !isCommand(folder))]
await Promise.all(others.map(bundle))
await Promise.all(commands.map(bundle))
writeFileSync(stamp, sources)
console.error(`Built in ${Math.round((Date.now() - startedMs) / 1000)} s. Next: npm run demo`)

/** @param {string} folder */
function isCommand(folder) {
  return folder.endsWith('cli')
}

/** @param {string} folder */
async function bundle(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const entries = new Set([manifest.exports, manifest.imports, manifest.bin].flatMap(targets))
  const external = ['dependencies', 'peerDependencies', 'optionalDependencies']
    .flatMap((kind) => Object.keys(manifest[kind] ?? {}))
    .filter((name) => !inlined[manifest.name]?.includes(name))
    .flatMap((name) => [name, `${name}/*`])
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: [...entries].map((file) => file.replace('./dist/', './src/').replace(/\.js$/, '.ts')),
    outdir: 'dist',
    outbase: 'src',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    // viem's client for web sockets, which is not used, names isows.
    external: [...external, ...apart, 'isows', '#*', 'node:*', 'bun:*'],
    plugins: [lateAjv],
    sourcemap: true,
    metafile: true,
    logLevel: 'warning'
  })
  const [main] = [manifest.exports['.'], manifest.bin].flatMap(targets)
  const joins = { entry: main?.replace('./', ''), isSplit: split.includes(manifest.name) }
  await joinChunks(join(folder, 'dist'), metafile.outputs, joins)
  if (existsSync(join(folder, 'src/page/main.tsx'))) await bundlePage(folder)
}

/**
 * The page that a package serves: one script, one style sheet, one icon, with every library in them.
 * @param {string} folder
 */
async function bundlePage(folder) {
  await build({
    absWorkingDir: folder,
    entryPoints: ['src/page/main.tsx', 'src/page/page.css', 'src/page/icon.svg'],
    outdir: 'dist/page',
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    loader: { '.svg': 'copy' },
    assetNames: '[name]',
    logLevel: 'warning'
  })
}

/**
 * Every JavaScript file that a map of exports or imports leads to.
 * @param {unknown} map
 * @returns {string[]}
 */
function targets(map) {
  if (typeof map === 'string') return map.endsWith('.js') ? [map] : []
  return Object.values(map ?? {}).flatMap(targets)
}

function hashSources() {
  const hash = createHash('sha256')
  const files = [
    'tsconfig.base.json',
    'scripts/build.mjs',
    'scripts/build/join-chunks.mjs',
    'scripts/build/late-ajv-provider.js',
    'pnpm-lock.yaml'
  ].map((name) => join(root, name))
  for (const folder of packages) {
    files.push(join(folder, 'package.json'))
    for (const name of readdirSync(join(folder, 'src'), { recursive: true }).map(String).sort()) {
      if (/\.(tsx?|json|css|svg)$/.test(name)) files.push(join(folder, 'src', name))
    }
  }
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

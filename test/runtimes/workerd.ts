import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Results } from './suite/check.js'
import type { World } from './suite/world.js'

/** One Worker with a ledger's object, that may reach this machine, which is where the stack is. */
const configOf = (bundle: string, disk: string): string => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "${bundle}")],
      compatibilityDate = "2026-11-01",
      durableObjectNamespaces = [(className = "LedgerObject", uniqueKey = "ledger", enableSql = true)],
      durableObjectStorage = (localDisk = "disk"),
      bindings = [(name = "LEDGER", durableObjectNamespace = "LedgerObject")],
      globalOutbound = "machine"
    )),
    (name = "disk", disk = (path = "${disk}", writable = true)),
    (name = "machine", network = (allow = ["local"]))
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
`

/** Runs the suite in Cloudflare's runtime. */
export async function runWorkerd(workerd: string, bundle: string, world: World): Promise<Results> {
  const config = join(dirname(bundle), 'workerd.capnp')
  const disk = mkdtempSync(join(dirname(bundle), 'objects-'))
  writeFileSync(config, configOf(basename(bundle), disk))
  const child = spawn(workerd, ['serve', '--control-fd=3', config], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe']
  })
  try {
    const port = await portOf(child.stdio[3] as Readable)
    const body = JSON.stringify(world)
    return await (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).json()
  } finally {
    child.kill()
    if (child.exitCode === null) await once(child, 'exit')
  }
}

/** workerd tells of its sockets in lines of JSON. */
async function portOf(events: Readable): Promise<number> {
  for await (const line of createInterface(events)) {
    const { event, port } = JSON.parse(line)
    if (event === 'listen') return port
  }
  throw new TypeError('workerd did not start')
}

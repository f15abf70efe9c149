import { join, resolve } from 'node:path'
import type { ProgramName } from '../install.js'
import type { Results } from '../suite/check.js'
import type { World } from '../suite/world.js'
import { serve } from './serve.js'

/** What wrangler is run with. */
interface WranglerEquipment {
  /** Where it is installed, and `writeToolFiles` has written. */
  readonly folder: string
  readonly world: World
  readonly pathOf: (name: ProgramName) => string
}

/** It reports what is done with it, and asks Cloudflare where on earth it is, unless it is told not to. */
const alone = { WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' }

/** Runs the suite as a Worker that `wrangler dev` bundles, with the ledger's object on this machine. */
export async function runWrangler({ folder, world, pathOf }: WranglerEquipment): Promise<Results> {
  const cwd = join(folder, 'wrangler')
  const wrangler = resolve(folder, 'node_modules/wrangler/bin/wrangler.js')
  const flags = ['--local', '--ip=127.0.0.1', '--port=0', '--inspector-port=0', '--persist-to=state']
  // Wrangler does not run in Node 20.
  const node = pathOf('node-22')
  await using dev = await serve([wrangler, 'dev', ...flags, '--show-interactive-dev-session=false'], {
    cwd,
    node,
    env: { ...alone, HOME: cwd }
  })
  return await (await fetch(dev.url, { method: 'POST', body: JSON.stringify(world) })).json()
}

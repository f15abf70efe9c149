import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Programs } from './bundle.js'
import { runChromium } from './chromium.js'
import type { Control } from './control.js'
import type { ProgramName } from './install.js'
import type { Results } from './suite/check.js'
import type { World } from './suite/world.js'
import { runWorkerd } from './workerd.js'

/** What runtimes are run with. */
interface Equipment {
  readonly folder: string
  readonly programs: Programs
  readonly pathOf: (name: ProgramName) => string
  readonly control: Control
}

/** A column of README's table. */
export interface Runtime {
  readonly name: string
  run(equipment: Equipment): Promise<Results>
}

/** A generous deadline: what takes as long hangs. */
const DEADLINE_MS = 300_000

const denoFlags = ['--no-prompt', '--allow-net=127.0.0.1', '--allow-env', '--allow-read', '--allow-write']

/** Every runtime that is run, in the order of the table. */
export const runtimes: readonly Runtime[] = [
  { name: 'Node 20', run: (equipment) => runProgram(equipment, 'node-20') },
  { name: 'Node 22', run: (equipment) => runProgram(equipment, 'node-22') },
  { name: 'Node 24', run: (equipment) => runProgram(equipment, 'node-24') },
  { name: 'Node 26', run: (equipment) => runProgram(equipment, 'node-26') },
  { name: 'Bun 1.4', run: (equipment) => runProgram(equipment, '@oven/bun-linux-x64', 'run') },
  {
    name: 'Deno 2.9',
    run: (equipment) => runProgram(equipment, '@deno/linux-x64-glibc', 'run', ...denoFlags)
  },
  {
    name: 'workerd',
    run: ({ pathOf, programs, control }) =>
      runWorkerd(pathOf('@cloudflare/workerd-linux-64'), programs.worker, withoutFiles(control))
  },
  { name: 'Chromium', run: ({ control }) => runChromium(withoutFiles(control)) }
]

function withoutFiles({ world }: Control): World {
  return { ...world, hasFiles: false, folder: '' }
}

async function runProgram(equipment: Equipment, name: ProgramName, ...flags: string[]): Promise<Results> {
  const { folder, programs, pathOf, control } = equipment
  const own = mkdtempSync(join(folder, 'own-'))
  const world: World = { ...control.world, hasFiles: true, folder: own }
  const { stdout } = await promisify(execFile)(
    pathOf(name),
    [...flags, programs.program, JSON.stringify(world)],
    {
      cwd: folder,
      timeout: DEADLINE_MS,
      env: { ...process.env, BURSAR_HOME: join(own, 'home') }
    }
  )
  return JSON.parse(stdout)
}

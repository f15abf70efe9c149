import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Tarballs } from '../install.js'
import type { Results } from '../suite/check.js'
import type { World } from '../suite/world.js'
import { runNode } from './run-node.js'

/** What Yarn is run with. */
interface YarnEquipment {
  /** Where both Yarns are installed. */
  readonly folder: string
  readonly tarballs: Tarballs
  /** The suite as a program that finds the packages by itself. */
  readonly program: string
  readonly world: World
}

/** A generous deadline: what takes as long hangs. */
const DEADLINE_MS = 300_000

const yarn1 = 'yarn/bin/yarn.js'
const yarn4 = '@yarnpkg/cli-dist/bin/yarn.js'

/** Each way in which Yarn lays packages out. */
const ways: Readonly<Record<string, Way>> = {
  // A command line in @solana/errors is for Node 22.
  'Yarn 1': { yarn: yarn1, flags: ['--ignore-engines'] },
  'Yarn 4': { yarn: yarn4, settings: 'nodeLinker: node-modules\n' },
  "Plug'n'Play": { yarn: yarn4, settings: 'nodeLinker: pnp\n', runs: ['node'] }
}

interface Way {
  /** Its program, below `node_modules`. */
  readonly yarn: string
  readonly flags?: readonly string[]
  readonly settings?: string
  /** What it is told before a program of Node. Default: Node runs that by itself. */
  readonly runs?: readonly string[]
}

/** Installs the packages by each Yarn as its guide says, and runs the whole suite, whose files are written to the disk. */
export async function runYarns(equipment: YarnEquipment): Promise<Results> {
  const found: Record<string, string> = {}
  for (const [name, way] of Object.entries(ways)) {
    const results = await runWay(equipment, way)
    for (const [feature, text] of Object.entries(results)) found[`${name}: ${feature}`] = text
  }
  return found
}

async function runWay({ folder, tarballs, program, world }: YarnEquipment, way: Way): Promise<Results> {
  const cwd = mkdtempSync(join(folder, 'yarn-'))
  const yarn = resolve(folder, 'node_modules', way.yarn)
  const { bursar = '', '@bursar/keystore': keystore = '' } = tarballs
  writeFileSync(
    join(cwd, 'package.json'),
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: { bursar, '@bursar/keystore': keystore },
      resolutions: tarballs
    })
  )
  // Yarn 4 takes the folder as a project of its own where a lockfile is.
  writeFileSync(join(cwd, 'yarn.lock'), '')
  if (way.settings) writeFileSync(join(cwd, '.yarnrc.yml'), way.settings)
  await promisify(execFile)(process.execPath, [yarn, 'install', ...(way.flags ?? [])], {
    cwd,
    timeout: DEADLINE_MS,
    env: { ...process.env, YARN_ENABLE_IMMUTABLE_INSTALLS: 'false', YARN_ENABLE_TELEMETRY: 'false' }
  })
  cpSync(program, join(cwd, 'program.mjs'))
  const own = join(cwd, 'own')
  mkdirSync(own)
  const args = [
    ...(way.runs ? [yarn, ...way.runs] : []),
    'program.mjs',
    JSON.stringify({ ...world, hasFiles: true, folder: own })
  ]
  return JSON.parse(await runNode(args, { cwd, home: join(own, 'home') }))
}

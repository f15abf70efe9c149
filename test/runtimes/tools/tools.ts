import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { ProgramName, Tarballs } from '../install.js'
import type { Results } from '../suite/check.js'
import type { World } from '../suite/world.js'
import { runNode } from './run-node.js'
import { serve } from './serve.js'
import { runWrangler } from './wrangler.js'
import { runYarns } from './yarn.js'

/** What tools are run with. */
interface ToolEquipment {
  /** Where the tools and the packages are installed, and `writeToolFiles` has written. */
  readonly folder: string
  readonly world: World
  readonly pathOf: (name: ProgramName) => string
  readonly tarballs: Tarballs
  /** The suite as a program that finds the packages by itself. */
  readonly program: string
}

/** A tool of which README says that it works. */
export interface Tool {
  /** As README's line has it. */
  readonly name: string
  run(equipment: ToolEquipment): Promise<Results>
}

/** Every tool that is run, in the order of README's line. */
export const tools: readonly Tool[] = [
  {
    name: '`require` in Node 20',
    run: (equipment) => runProgram(equipment, ['require.cjs'], 'node-20')
  },
  {
    name: 'Jest 30',
    async run(equipment) {
      await runJest(equipment, 'node-20', '--testPathIgnorePatterns=require.test.cjs')
      return runJest(equipment, 'node-26')
    }
  },
  { name: 'tsx', run: (equipment) => runProgram(equipment, [binOf('tsx/dist/cli.mjs'), 'program.ts']) },
  {
    name: 'esbuild',
    async run(equipment) {
      const { folder: cwd } = equipment
      const flags = [
        '--bundle',
        '--platform=node',
        '--format=cjs',
        '--outfile=bundle.cjs',
        '--log-level=error'
      ]
      await runNode([binOf('esbuild/bin/esbuild'), 'suite/pay.ts', ...flags], { cwd })
      return runProgram(equipment, ['bundled.cjs'])
    }
  },
  {
    name: 'Rspack 2',
    async run(equipment) {
      await runNode(['rspack.mjs'], { cwd: equipment.folder })
      return runProgram(equipment, ['rspack/main.cjs'])
    }
  },
  { name: 'Vite 8', run: runVite },
  { name: 'Next 16, in routes of Node and of the edge', run: runNext },
  { name: 'wrangler 4', run: runWrangler },
  { name: "Yarn 1 and 4, with Plug'n'Play too", run: runYarns }
]

/** A tool's program below the folder. */
function binOf(path: string): string {
  return join('node_modules', path)
}

async function runProgram(
  { folder: cwd, world, pathOf }: ToolEquipment,
  args: readonly string[],
  node?: ProgramName
): Promise<Results> {
  const own = node === undefined ? {} : { node: pathOf(node) }
  return JSON.parse(await runNode(args, { cwd, world: JSON.stringify(world), ...own }))
}

/** Jest prints what failed and ends with 1. */
async function runJest(
  { folder: cwd, world, pathOf }: ToolEquipment,
  node: ProgramName,
  ...flags: string[]
): Promise<Results> {
  const args = ['--experimental-vm-modules', binOf('jest/bin/jest.js'), '--runInBand', ...flags]
  await runNode(args, { cwd, world: JSON.stringify(world), node: pathOf(node) })
  return { tests: '' }
}

/** What the page's script leaves. */
interface PageGlobals {
  readonly pay: typeof import('../suite/pay.js').pay
}

async function runVite({ folder: cwd, world }: ToolEquipment): Promise<Results> {
  const vite = binOf('vite/bin/vite.js')
  await runNode([vite, 'build', 'vite', '--logLevel=error'], { cwd })
  await using preview = await serve([vite, 'preview', 'vite', '--host=127.0.0.1', '--port=0'], { cwd })
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.goto(preview.url)
    await page.waitForFunction(() => 'pay' in globalThis)
    return await page.evaluate((world) => (globalThis as unknown as PageGlobals).pay(world), world)
  } finally {
    await browser.close()
  }
}

async function runNext({ folder, world }: ToolEquipment): Promise<Results> {
  const next = join('..', binOf('next/dist/bin/next'))
  const cwd = join(folder, 'next')
  await runNode([next, 'build'], { cwd })
  await using app = await serve([next, 'start', '--port=0', '--hostname=127.0.0.1'], { cwd })
  const body = JSON.stringify(world)
  const ask = async (route: string): Promise<Results> =>
    (await fetch(`${app.url}/${route}`, { method: 'POST', body })).json()
  const [node, edge] = [await ask('node'), await ask('edge')]
  return { ...named('Node', node), ...named('edge', edge) }
}

function named(route: string, results: Results): Results {
  return Object.fromEntries(Object.entries(results).map(([feature, text]) => [`${route}: ${feature}`, text]))
}

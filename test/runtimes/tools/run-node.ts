import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** How a program of Node is run. */
export interface NodeRun {
  readonly cwd: string
  /** Default: the Node that runs this. */
  readonly node?: string
  /** What the program finds in WORLD. */
  readonly world?: string
  /** Its BURSAR_HOME. Default: this process's. */
  readonly home?: string
}

/** A generous deadline: what takes as long hangs. */
const DEADLINE_MS = 300_000

/** Runs a program of Node to its end. @returns what it printed. @throws when it fails, with what it printed. */
export async function runNode(
  args: readonly string[],
  { cwd, node, world = '', home }: NodeRun
): Promise<string> {
  const own = home === undefined ? {} : { BURSAR_HOME: home }
  const env = { ...process.env, WORLD: world, NEXT_TELEMETRY_DISABLED: '1', ...own }
  const { stdout } = await promisify(execFile)(node ?? process.execPath, args, {
    cwd,
    env,
    timeout: DEADLINE_MS,
    maxBuffer: 64 * 1024 * 1024
  })
  return stdout
}

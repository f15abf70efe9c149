import { locatePolicy } from '@bursar/policy'
import type { CommandContext } from '../context.js'
import { dataFolder } from '../files/data-folder.js'
import { logTraffic } from './traffic-log.js'

/** Says which version runs with which files, then each request. @returns a function that says how long it all took. */
export function startVerbose({ version, env, warn }: CommandContext): () => void {
  const startedMs = performance.now()
  const { path } = locatePolicy(env)
  warn(`bursar ${version}, Node ${process.version}; data in ${dataFolder(env)}; policy in ${path}\n`)
  const stop = logTraffic(warn)
  return () => {
    stop()
    warn(`Done in ${Math.round(performance.now() - startedMs)} ms.\n`)
  }
}

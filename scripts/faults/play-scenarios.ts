import { crowdOnDatabase, crowdOnFile } from './scenarios/crowd.js'
import { cutCommit } from './scenarios/cut-commit.js'
import { databaseRestart } from './scenarios/database-restart.js'
import { fullDisk } from './scenarios/full-disk.js'
import { hostNames } from './scenarios/host-names.js'
import { isolationLevels } from './scenarios/isolation-levels.js'
import { readOnlyDisk } from './scenarios/read-only-disk.js'
import { replacedFile } from './scenarios/replaced-file.js'
import { stoppedWriter } from './scenarios/stopped-writer.js'
import { threadsAndClusters } from './scenarios/threads-and-clusters.js'
import { type Scenario, setScene } from './scene.js'
import { startStage } from './stage.js'

const scenarios: readonly Scenario[] = [
  fullDisk,
  readOnlyDisk,
  replacedFile,
  threadsAndClusters,
  hostNames,
  databaseRestart,
  cutCommit,
  stoppedWriter,
  isolationLevels
]

/** Heavy: each takes a minute or more. */
const crowds: readonly Scenario[] = [crowdOnFile, crowdOnDatabase]

/**
 * Plays what the simulation cannot show, one after the other, on real chains.
 *
 * @param only the names that contain this. Default: all.
 * @returns how many did not hold.
 */
export async function playScenarios(only = ''): Promise<number> {
  const chosen = (only.startsWith('crowd') ? crowds : scenarios).filter(({ name }) => name.includes(only))
  if (chosen.length === 0) throw new TypeError(`No scenario is called "${only}"`)
  const stage = await startStage('postgres')
  let failed = 0
  try {
    for (const { name, play } of chosen) {
      const scene = await setScene(stage)
      try {
        console.log(`${name}: ${await play(scene)}`)
      } catch (error) {
        failed++
        console.log(`${name}: DOES NOT HOLD\n${error instanceof Error ? error.stack : error}`)
      } finally {
        await scene.end()
      }
    }
    return failed
  } finally {
    await stage.stop()
  }
}

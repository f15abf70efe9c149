import assert from 'node:assert/strict'
import type { Scenario } from '../scene.js'
import { watchDatabase } from '../watched-database.js'

/** A machine stops within a transaction: a lid that is closed, a virtual machine that is paused (M39). */
export const stoppedWriter: Scenario = {
  name: 'writer stopped in its transaction',
  async play({ newDatabase, start, settled }) {
    const url = await newDatabase()
    const watched = await watchDatabase(url)
    try {
      const [stopped, other] = [start({ url: watched.url }), start({ url })]
      const pid = await stopped.ready()
      assert.equal((await other.buy('before')).status, 200)
      const isStopped = new Promise<void>((resolve) =>
        watched.onNextPurchase(() => {
          process.kill(pid, 'SIGSTOP')
          resolve()
        })
      )
      const call = stopped.buy('stopped')
      await isStopped
      const startMs = performance.now()
      const { status, code } = await other.buy('meanwhile')
      const waitedMs = Math.round(performance.now() - startMs)
      assert.equal(status ?? code, 200)
      process.kill(pid, 'SIGCONT')
      const awake = await call
      const again = awake.status === 200 ? awake : await stopped.buy('stopped')
      assert.equal(again.status ?? again.code, 200)
      assert.equal(await settled(), 3)
      return `the other one paid after ${waitedMs} ms; the call of the one that slept: ${awake.status ?? awake.code}`
    } finally {
      watched.close()
    }
  }
}

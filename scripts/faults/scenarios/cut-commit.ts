import assert from 'node:assert/strict'
import type { Scenario } from '../scene.js'
import { watchDatabase } from '../watched-database.js'

/** The connection is cut when the server has taken the COMMIT of a reservation, and before it is said (M10). */
export const cutCommit: Scenario = {
  name: 'connection cut after COMMIT',
  async play({ newDatabase, start, settled }) {
    const url = await newDatabase()
    const watched = await watchDatabase(url)
    try {
      const [first, second] = [start({ url: watched.url }), start({ url })]
      assert.equal((await first.buy('before')).status, 200)
      watched.cutNextCommit()
      const { status, code, moneyState } = await first.buy('cut')
      assert.equal(watched.cuts(), 1)
      if (status !== 200) {
        assert.notEqual(moneyState, undefined)
        const again = await second.buy('cut')
        assert.equal(again.status ?? again.code, 200)
      }
      assert.equal(await settled(), 2)
      assert.equal((await first.buy('after')).status, 200)
      assert.equal(await settled(), 3)
      return status === 200
        ? 'it was read back, and paid once'
        : `${code} [${moneyState}], and then paid once`
    } finally {
      watched.close()
    }
  }
}

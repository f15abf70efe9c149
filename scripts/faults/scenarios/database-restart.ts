import assert from 'node:assert/strict'
import { postgresLedger } from '@bursar/ledger/postgres'
import type { Scenario } from '../scene.js'
import { until, untilAllEnded } from '../until.js'

/** PostgreSQL restarts while an answer that is lost is on its way, and while a paid answer is (M6, M8). */
export const databaseRestart: Scenario = {
  name: 'PostgreSQL restarted',
  async play({ newDatabase, start, settled, stage: { postgres } }) {
    const ledger = { url: await newDatabase() }
    const [first, second] = [start(ledger), start(ledger)]
    await Promise.all([first.ready(), second.ready()])
    const lost = first.buy('lost', 'slow;when=settled;delayMs=1500,answer-lost-after-settling*9')
    const late = first.buy('late', 'slow;when=settled;delayMs=1500')
    await until('both are settled', async () => (await settled()) === 2)
    await postgres?.restart()
    const { code, moneyState } = await lost
    assert.ok(moneyState === 'settled' || moneyState === 'unknown', `${code} [${moneyState}]`)
    assert.equal((await late).status, 200)
    await untilAllEnded(postgresLedger(ledger))
    const resumed = await second.buy('lost')
    assert.deepEqual([resumed.status ?? resumed.code, resumed.resumed], [200, true])
    assert.equal(await settled(), 2)
    // What was answered is answered in the ledger too: the same call is another purchase.
    const anew = await second.buy('late')
    assert.deepEqual([anew.status ?? anew.code, anew.resumed], [200, false])
    assert.equal(await settled(), 3)
    return `the lost call was ${code} [${moneyState}] and was resumed; the answered one is over`
  }
}

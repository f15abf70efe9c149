import assert from 'node:assert/strict'
import pg from 'pg'
import type { Scenario } from '../scene.js'

const levels = ['read committed', 'repeatable read', 'serializable'] as const

/** The server has another default isolation (M11). */
export const isolationLevels: Scenario = {
  name: 'default isolation levels',
  async play({ newDatabase, start, settled }) {
    let expected = 0
    for (const level of levels) {
      const url = await newDatabase()
      await setDefault(url, level)
      const limits = { payment: '0.05', total: '0.10' }
      const machines = [1, 2, 3].map(() => start({ url }, { limits }))
      await Promise.all(machines.map((machine) => machine.ready()))
      const calls = Array.from({ length: 30 }, (_, index) => machines[index % 3]?.buy(`${level} ${index}`))
      const outcomes = (await Promise.all(calls)).map((bought) => bought?.status ?? bought?.code)
      assert.equal(outcomes.filter((outcome) => outcome === 200).length, 10, `${level}: ${outcomes}`)
      assert.equal(outcomes.filter((outcome) => outcome === 'offer/over-limit').length, 20)
      expected += 10
      assert.equal(await settled(), expected)
      for (const machine of machines) await machine.stop()
    }
    return `10 of 30 paid by three machines, at each of ${levels.join(', ')}`
  }
}

async function setDefault(url: string, level: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const name = new URL(url).pathname.slice(1)
  await client.query(`ALTER DATABASE ${name} SET default_transaction_isolation = '${level}'`)
  await client.end()
}

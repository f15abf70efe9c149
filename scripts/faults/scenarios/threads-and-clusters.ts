import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import type { Scenario } from '../scene.js'

const CALLS = 10

/** Worker threads and a cluster's processes pay from one file, each by a ledger of its own. */
export const threadsAndClusters: Scenario = {
  name: 'worker threads and clusters',
  async play({ newFile, evmKey, settled, stage }) {
    let expected = 0
    for (const kind of ['threads', 'cluster'] as const) {
      const ledger = newFile()
      const told = {
        ...{ kind, ledger, evmKey, calls: CALLS, workers: 4 },
        url: `${stage.gateway.url}/standard/v2/report?usdc=0.01`,
        rpcUrls: { 'eip155:8453': stage.base.rpcUrl },
        limits: { payment: '0.05', total: '0.25' }
      }
      const outcomes = await run(told)
      assert.equal(outcomes.length, 4 * CALLS)
      assert.equal(outcomes.filter((outcome) => outcome === '200').length, 25, `${kind}: ${outcomes}`)
      assert.equal(outcomes.filter((outcome) => outcome === 'offer/over-limit').length, 4 * CALLS - 25)
      expected += 25
      assert.equal(await settled(), expected)
      const opened = sqliteLedger(ledger)
      assert.deepEqual(await opened.outstanding(), [])
      await opened.close()
    }
    return '25 of 40 paid by four threads, and by four processes of a cluster'
  }
}

async function run(told: object): Promise<readonly string[]> {
  const program = fileURLToPath(new URL('../workers.mjs', import.meta.url))
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, FAULTS_WORKERS: JSON.stringify(told) },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const [code] = await once(child, 'close')
  assert.equal(code, 0)
  return said.split('\n').filter((line) => line !== '')
}

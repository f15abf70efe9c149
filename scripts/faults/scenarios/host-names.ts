import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import type { Scenario } from '../scene.js'
import { until } from '../until.js'

/** Two containers share a file: a program is killed in one, and the other makes the same call at once (M2). */
export const hostNames: Scenario = {
  name: 'containers with other host names',
  async play({ newFile, start, settled, stage: { gateway } }) {
    if (!canUnshare()) return 'NOT PLAYED: no namespaces can be made here'
    const ledger = newFile()
    const first = start(ledger, { wrapper: container('container-1') })
    const second = start(ledger, { wrapper: container('container-2') })
    await Promise.all([first.ready(), second.ready()])
    const before = gateway.requests.length
    void first.buy('shared', 'slow;when=settled;delayMs=60000')
    await until('the payment has settled', async () => (await settled()) === 1)
    await first.kill()
    const { status, resumed, code } = await second.buy('shared')
    assert.deepEqual([status ?? code, resumed], [200, true])
    assert.equal(await settled(), 1)
    return `killed in one, resumed in the other (${gateway.requests.length - before} requests)`
  }
}

/** Namespaces of its own for the host name and the processes, which die with the first of them. */
function container(name: string): readonly string[] {
  const inside = `hostname ${name}; exec "$0" "$@"`
  return ['unshare', '--uts', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-c', inside]
}

function canUnshare(): boolean {
  try {
    const [command = '', ...args] = container('container-0')
    execFileSync(command, [...args, 'true'], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

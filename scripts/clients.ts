/**
 * Installs Claude Code, Codex, opencode and Continue at their pinned versions, and plays sessions of each through `bursar proxy`
 * on local chains, where no network but loopback can be reached. What they cost is compared with the ledger.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientPrograms } from '../test/clients/programs/index.js'
import { installClient, newestVersion } from './clients/install.js'
import type { SessionPlan } from './clients/run-sessions.js'
import { runWithoutNetwork } from './clients/without-network.js'
import { readOptions } from './read-options.js'

const SLOW_SECONDS = 12
const usage = `npm run clients -- [--folder path] [--client name] [--case name] [--billing direct|balance]
                           [--newest] [--slow seconds] [--record] [--verbose]

  --folder   where the clients are installed, and stay; default: a temporary folder, which is removed
  --client   claude-code, codex, opencode or continue; any number
  --case     such as text, tool or picture; any number
  --billing  how it is paid; default: both ways
  --newest   each client at its newest version, instead of at those that are pinned
  --slow     how long an answer takes that is slow; default: ${SLOW_SECONDS}, in which the proxy shows that it is still at work
  --record   writes what the clients sent, and were answered, as the fixtures of the tests
  --verbose  also what the clients print`
const values = readOptions(usage, {
  folder: { type: 'string' },
  client: { type: 'string', multiple: true, default: [] },
  case: { type: 'string', multiple: true, default: [] },
  billing: { type: 'string', multiple: true, default: [] },
  newest: { type: 'boolean', default: false },
  slow: { type: 'string', default: String(SLOW_SECONDS) },
  record: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false }
})
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'bursar-clients-'))
try {
  const chosen = clientPrograms.filter(
    ({ name }) => values.client.length === 0 || values.client.includes(name)
  )
  const clients = chosen.flatMap((program) =>
    (values.newest ? [newestVersion(program)] : program.versions).map((version) =>
      installClient(folder, program, version)
    )
  )
  const plan: SessionPlan = {
    clients,
    slowMs: Number(values.slow) * 1000,
    cases: values.case,
    billings: values.billing,
    isRecorded: values.record,
    isVerbose: values.verbose
  }
  const program = [process.execPath, '--import', 'tsx', 'scripts/clients/run-sessions.ts']
  process.exitCode = runWithoutNetwork([...program, JSON.stringify(plan)])
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
}

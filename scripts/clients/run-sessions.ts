/** Plays the sessions: what `scripts/clients.ts` starts where there is no network. */
import { type Stack, startStack } from '@bursar/gateway'
import { type RecordedSession, writeFixture } from '../../test/clients/fixture.js'
import { clientPrograms } from '../../test/clients/programs/index.js'
import type { ClientVariant } from '../../test/clients/programs/program.js'
import { recordSession } from '../../test/clients/record-session.js'
import { startRelay } from '../../test/clients/recording-relay.js'
import { watchModel } from '../../test/clients/session-model.js'
import { compareSums } from './compare-sums.js'
import type { InstalledClient } from './install.js'
import { type Billing, billings, payingTools, startPayingProxy } from './paying-proxy.js'
import { playSession, type SessionResult } from './session.js'
import { type SessionGroup, sessionGroups } from './session-group.js'

/** What is played, as JSON in the only argument. Empty lists mean everything. */
export interface SessionPlan {
  readonly clients: readonly InstalledClient[]
  readonly cases: readonly string[]
  readonly billings: readonly string[]
  /** How long an answer takes that is slow. */
  readonly slowMs: number
  /** Whether what was paid directly is written as a fixture. */
  readonly isRecorded: boolean
  readonly isVerbose: boolean
}

const plan: SessionPlan = JSON.parse(process.argv[2] ?? '')
const isPlanned = (names: readonly string[], name: string) => names.length === 0 || names.includes(name)
let problems = 0

await using stack = await startStack({ solana: false })
const model = watchModel()
stack.gateway.katana.answerAllWith(model.reply)
for (const client of plan.clients) {
  const sessions: RecordedSession[] = []
  const variants = clientPrograms.find(({ name }) => name === client.name)?.variants ?? []
  for (const variant of variants)
    for (const billing of billings.filter((name) => isPlanned(plan.billings, name)))
      for (const group of sessionGroups(billing))
        problems += await playGroup(stack, { client, variant, billing, group, sessions })
  if (plan.isRecorded) writeFixture({ client: client.name, version: client.version, sessions })
}
console.log(problems === 0 ? 'Every session ended as it has to.' : `${problems} problems.`)
process.exitCode = problems === 0 ? 0 : 1

interface Playing {
  readonly client: InstalledClient
  readonly variant: ClientVariant
  readonly billing: Billing
  readonly group: SessionGroup
  /** What is recorded of the client. */
  readonly sessions: RecordedSession[]
}

/** The cases of a group, paid in one way from a wallet of their own. @returns the number of problems. */
async function playGroup(on: Stack, { client, variant, billing, group, sessions }: Playing): Promise<number> {
  const cases = group.cases.filter((each) => isPlanned(plan.cases, each))
  if (cases.length === 0) return 0
  const { base, gateway } = on
  const wallet = await on.newWallet('100')
  if (!base || !wallet.base) throw new Error('The stack has no Base')
  await using proxy = await startPayingProxy(wallet.env, billing, group.total)
  await using relay = await startRelay(proxy.url)
  const tools = payingTools(wallet.env)
  const stage = { ...client, gateway, model, proxy, tools, relay, slowMs: plan.slowMs }
  const [wasHeld, wasPaid] = [
    await base.balanceOf(wallet.base.address),
    await base.balanceOf(gateway.payTo.base)
  ]
  let count = 0
  for (const name of cases) {
    const result = await playSession(stage, variant, name)
    report([client.name, client.version, variant.name, billing, name], result)
    count += result.problems.length
    const { token } = proxy
    if (billing === 'direct' && result.isReplayable)
      sessions.push({
        variant: variant.name,
        case: name,
        exchanges: recordSession(result.exchanges, { ...result, token })
      })
  }
  const lostAtomic = wasHeld - (await base.balanceOf(wallet.base.address))
  const gotAtomic = (await base.balanceOf(gateway.payTo.base)) - wasPaid
  const sums = await compareSums(proxy, { lostAtomic, gotAtomic }, group)
  for (const problem of sums) console.log(`  ${problem}`)
  return count + sums.length
}

function report(names: readonly string[], { exchanges, problems, end }: SessionResult): void {
  console.log(`${names.join('  ')}  ${exchanges.length} requests  ${problems.length === 0 ? 'ok' : 'NOT OK'}`)
  for (const problem of problems) console.log(`  ${problem.slice(0, 600)}`)
  if (problems.length > 0 || plan.isVerbose)
    console.log(`  it said: ${end.out.slice(-400)}${end.err.slice(-400)}`)
}

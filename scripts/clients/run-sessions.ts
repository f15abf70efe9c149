/** Plays the sessions: what `scripts/clients.ts` starts where there is no network. */
import { type Stack, startStack } from '@bursar/gateway'
import { type RecordedSession, writeFixture } from '../../test/clients/fixture.js'
import { clientPrograms } from '../../test/clients/programs/index.js'
import type { ClientProgram, ClientVariant } from '../../test/clients/programs/program.js'
import { recordSession } from '../../test/clients/record-session.js'
import { startRelay } from '../../test/clients/recording-relay.js'
import { sessionCases } from '../../test/clients/session-case.js'
import { watchModel } from '../../test/clients/session-model.js'
import { compareSums } from './compare-sums.js'
import { type Billing, billings, startPayingProxy } from './paying-proxy.js'
import { playSession, type SessionResult } from './session.js'

/** What is played, as JSON in the only argument. Empty lists mean everything. */
export interface SessionPlan {
  readonly modules: string
  readonly clients: readonly string[]
  readonly cases: readonly string[]
  readonly billings: readonly string[]
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
for (const program of clientPrograms.filter(({ name }) => isPlanned(plan.clients, name))) {
  const sessions: RecordedSession[] = []
  for (const variant of program.variants)
    for (const billing of billings.filter((name) => isPlanned(plan.billings, name)))
      problems += await playVariant(stack, { program, variant, billing, sessions })
  if (plan.isRecorded) writeFixture({ client: program.name, version: program.version, sessions })
}
console.log(problems === 0 ? 'Every session ended as it has to.' : `${problems} problems.`)
process.exitCode = problems === 0 ? 0 : 1

interface Playing {
  readonly program: ClientProgram
  readonly variant: ClientVariant
  readonly billing: Billing
  /** What is recorded of the client. */
  readonly sessions: RecordedSession[]
}

/** All cases of one client, paid in one way from a wallet of their own. @returns the number of problems. */
async function playVariant(on: Stack, { program, variant, billing, sessions }: Playing): Promise<number> {
  const { base, gateway } = on
  const wallet = await on.newWallet('100')
  if (!base || !wallet.base) throw new Error('The stack has no Base')
  await using proxy = await startPayingProxy(wallet.env, billing)
  await using relay = await startRelay(proxy.url)
  const stage = { modules: plan.modules, gateway, model, proxy, relay }
  const [wasHeld, wasPaid] = [
    await base.balanceOf(wallet.base.address),
    await base.balanceOf(gateway.payTo.base)
  ]
  let count = 0
  for (const name of sessionCases.filter((each) => isPlanned(plan.cases, each))) {
    // What a prepaid balance is charged for an answer that is lost cannot be had again.
    if (name === 'lost-payment' && billing === 'balance') continue
    const result = await playSession(stage, variant, name)
    report([program.name, variant.name, billing, name], result)
    count += result.problems.length
    const { token } = proxy
    if (billing === 'direct' && result.problems.length === 0)
      sessions.push({
        variant: variant.name,
        case: name,
        exchanges: recordSession(result.exchanges, { ...result, token })
      })
  }
  const sums = await compareSums(proxy, {
    lostAtomic: wasHeld - (await base.balanceOf(wallet.base.address)),
    gotAtomic: (await base.balanceOf(gateway.payTo.base)) - wasPaid
  })
  for (const problem of sums) console.log(`  ${problem}`)
  return count + sums.length
}

function report(names: readonly string[], { exchanges, problems, end }: SessionResult): void {
  console.log(`${names.join('  ')}  ${exchanges.length} requests  ${problems.length === 0 ? 'ok' : 'NOT OK'}`)
  for (const problem of problems) console.log(`  ${problem.slice(0, 600)}`)
  if (problems.length > 0 || plan.isVerbose)
    console.log(`  it said: ${end.out.slice(-400)}${end.err.slice(-400)}`)
}

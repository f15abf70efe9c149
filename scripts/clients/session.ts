import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Gateway } from '@bursar/gateway'
import { armService } from '../../test/clients/arm-service.js'
import { outcomeOf } from '../../test/clients/expected-outcome.js'
import type { ClientVariant, McpServer, Outcome } from '../../test/clients/programs/program.js'
import type { Exchange, RecordingRelay } from '../../test/clients/recording-relay.js'
import { FORBIDDEN_FILE, PICTURE_FILE, promptOf, type SessionCase } from '../../test/clients/session-case.js'
import type { WatchedModel } from '../../test/clients/session-model.js'
import { isPaid, wantedAnswers } from '../../test/clients/wanted-answers.js'
import type { PayingProxy } from './paying-proxy.js'
import { bought } from './purchases.js'
import { type ClientEnd, runClient } from './run-client.js'

/** A PNG of eight by eight red pixels. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC'

/** A session ends within this time: a client that asks again without end is ended then. */
const PATIENCE_MS = 600_000

/** What a session runs on. */
export interface SessionStage {
  /** Of the client. */
  readonly version: string
  readonly modules: string
  readonly gateway: Gateway
  readonly model: WatchedModel
  readonly proxy: PayingProxy
  /** What pays by tools, from the same wallet. */
  readonly tools: McpServer
  readonly relay: RecordingRelay
  /** How long an answer takes that is slow. */
  readonly slowMs: number
}

/** What came of a session. */
export interface SessionResult {
  readonly exchanges: readonly Exchange[]
  /** The folder of the session, which is in what was sent. */
  readonly folder: string
  /** What is not as it has to be, in words. Empty when all is well. */
  readonly problems: readonly string[]
  /** Whether the same requests have the same answers again. */
  readonly isReplayable: boolean
  readonly end: ClientEnd
}

/** Runs one case of one client. */
export async function playSession(
  stage: SessionStage,
  variant: ClientVariant,
  name: SessionCase
): Promise<SessionResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-session-'))
  const [home, project] = [join(folder, 'home'), join(folder, 'project')]
  for (const each of [home, project]) mkdirSync(each)
  writeFileSync(join(project, PICTURE_FILE), Buffer.from(PICTURE, 'base64'))
  const before = bought(await stage.proxy.history()).length
  arm(stage, name)
  const { modules, proxy, relay, gateway, tools } = stage
  const mcp = name === 'mcp' ? tools : undefined
  const place = { modules, home, project, url: relay.url, token: proxy.token, mcp }
  const patienceMs = PATIENCE_MS + stage.slowMs
  const end = await runClient(variant.start(place, promptOf(name, { project, shopUrl: gateway.url })), {
    folder: project,
    patienceMs
  })
  stage.gateway.faults.clear()
  const exchanges = relay.take()
  const outcome = outcomeOf(variant, stage.version, name)
  const problems = [
    ...problemsOf(end, outcome),
    ...problemsWith(exchanges, outcome, bought(await proxy.history()).length - before),
    ...(existsSync(join(project, FORBIDDEN_FILE)) ? ['a tool call that was cut was run'] : [])
  ]
  rmSync(folder, { recursive: true, force: true })
  const isReplayable = problems.length === 0 && !exchanges.some(failsInStream)
  return { exchanges, folder, problems, isReplayable, end }
}

function arm({ gateway, model, relay, slowMs }: SessionStage, name: SessionCase): void {
  if (name === 'lost-answer') relay.loseNextAnswer(model.untilAsked)
  else armService(gateway, name, slowMs)
}

/** What is wrong with what was sent, answered and bought. */
function problemsWith(
  exchanges: readonly Exchange[],
  { answers, buysBeside = 0, isRejected = false, mayRepeat = false, isFree = false }: Outcome,
  boughtCount: number
): readonly string[] {
  const wanted = wantedAnswers(exchanges)
  const sent = exchanges.filter(isPaid)
  const isUnexpected = (each: Exchange) =>
    isRejected ? !isFinal(each) && !failsInStream(each) : (each.status ?? 0) >= 400
  // A stream that has begun has no status for a failure, which some ask after once more without a stream.
  const repeats = sent.filter((each) => !failsInStream(each)).length
  return [
    ...(wanted === answers ? [] : [`${wanted} answers asked for instead of ${answers}`]),
    ...(boughtCount === (isFree ? 0 : wanted) + buysBeside
      ? []
      : [`${wanted} answers asked for, ${boughtCount} bought`]),
    ...(isRejected && !mayRepeat && repeats > wanted
      ? [`${sent.length} requests for ${wanted} answers`]
      : []),
    ...sent.filter(isUnexpected).map(({ path, status, answer }) => `${status} at ${path}: ${answer}`)
  ]
}

function isFinal({ status }: Exchange): boolean {
  return status === 400 || status === 402
}

/** Whether it failed in a stream that had begun: on a slow machine any may. */
function failsInStream({ status, answer }: Exchange): boolean {
  return status === 200 && /^data: .*"error":\s*\{/m.test(answer)
}

function problemsOf({ code, out, err }: ClientEnd, { fails = false, says }: Outcome): readonly string[] {
  return [
    ...(code === undefined ? ['it did not end by itself'] : []),
    ...(fails === (code !== 0) ? [] : [`it ended with ${code}`]),
    ...(`${out}${err}`.includes(says) ? [] : [`it did not say "${says}"`])
  ]
}

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Gateway } from '@bursar/gateway'
import { outcomeOf } from '../../test/clients/expected-outcome.js'
import type { ClientVariant, Outcome } from '../../test/clients/programs/program.js'
import type { Exchange, RecordingRelay } from '../../test/clients/recording-relay.js'
import { FORBIDDEN_FILE, PICTURE_FILE, promptOf, type SessionCase } from '../../test/clients/session-case.js'
import type { WatchedModel } from '../../test/clients/session-model.js'
import { wantedAnswers } from '../../test/clients/wanted-answers.js'
import type { PayingProxy } from './paying-proxy.js'
import { bought } from './purchases.js'
import { type ClientEnd, runClient } from './run-client.js'

/** A PNG of eight by eight red pixels. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC'

/** What a session runs on. */
export interface SessionStage {
  readonly modules: string
  readonly gateway: Gateway
  readonly model: WatchedModel
  readonly proxy: PayingProxy
  readonly relay: RecordingRelay
}

/** What came of a session. */
export interface SessionResult {
  readonly exchanges: readonly Exchange[]
  /** The folder of the session, which is in what was sent. */
  readonly folder: string
  /** What is not as it has to be, in words. Empty when all is well. */
  readonly problems: readonly string[]
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
  const { modules, proxy, relay } = stage
  const place = { modules, home, project, url: relay.url, token: proxy.token }
  const end = await runClient(variant.start(place, promptOf(name, project)), project)
  const exchanges = relay.take()
  const outcome = outcomeOf(variant, name)
  const count = { wanted: wantedAnswers(exchanges), bought: bought(await proxy.history()).length - before }
  const problems = [
    ...problemsOf(end, outcome),
    ...(count.wanted === outcome.answers
      ? []
      : [`${count.wanted} answers asked for instead of ${outcome.answers}`]),
    ...(count.wanted === count.bought ? [] : [`${count.wanted} answers asked for, ${count.bought} bought`]),
    ...(existsSync(join(project, FORBIDDEN_FILE)) ? ['a tool call that was cut was run'] : []),
    ...exchanges.flatMap(({ path, status = 0, answer }) =>
      status >= 400 ? [`${status} at ${path}: ${answer}`] : []
    )
  ]
  rmSync(folder, { recursive: true, force: true })
  return { exchanges, folder, problems, end }
}

function arm({ gateway, model, relay }: SessionStage, name: SessionCase): void {
  if (name === 'lost-answer') relay.loseNextAnswer(model.untilAsked)
  if (name === 'lost-payment') gateway.faults.next('answer-lost-after-settling')
}

function problemsOf({ code, out }: ClientEnd, { fails = false, says }: Outcome): readonly string[] {
  return [
    ...(code === undefined ? ['it did not end by itself'] : []),
    ...(fails === (code !== 0) ? [] : [`it ended with ${code}`]),
    ...(out.includes(says) ? [] : [`it did not say "${says}"`])
  ]
}

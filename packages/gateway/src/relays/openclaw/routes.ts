import type { JsonObject } from '@bursar/core'
import { type Answer, jsonAnswer } from '../../server/answer.js'
import { readJson } from '../../server/arrival.js'
import type { Route, RouteVisit } from '../../server/route.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import { readForm } from '../form.js'
import {
  billingUsage,
  isAnswer,
  openAiVideo,
  QUOTA_PER_USD,
  relayError,
  signedIn,
  subscription,
  taskDto,
  taskError,
  tokenUsage
} from '../new-api.js'
import { type Dialect, noChannel, sellText } from './chat.js'
import { sellEdit, sellPictures } from './images.js'
import { familyOf, modelNames, pricing } from './price-list.js'
import { sellFilm } from './videos.js'

type Sell = (account: OpenRelayAccount, body: JsonObject) => Answer | Promise<Answer>

/** OpenClaw Token's endpoints, under `/relays/openclaw`. */
export function openclawRoutes(context: RelayContext): readonly Route[] {
  const { accounts, tasks } = context

  /** What is asked by whoever has a key. */
  const asked = (path: string, answer: (account: OpenRelayAccount, visit: RouteVisit) => Answer): Route => ({
    methods: ['GET'],
    path: new RegExp(`^/relays/openclaw${path}$`),
    misbehaves: true,
    handle(visit) {
      const account = signedIn(accounts, visit.arrival)
      return isAnswer(account) ? account : answer(account, visit)
    }
  })

  /** What is billed: the key, then the body, then the model (OpenClaw 1, 3 and 4). */
  const sold = (path: string, sell: Sell, otherHeader?: 'x-api-key'): Route => ({
    methods: ['POST'],
    path: new RegExp(`^/relays/openclaw/v1${path}$`),
    misbehaves: true,
    async handle(visit) {
      const account = signedIn(accounts, visit.arrival, otherHeader)
      if (isAnswer(account)) return account
      const body = await readJson(visit.arrival)
      if (typeof body.model !== 'string' || body.model === '')
        return relayError(400, 'invalid_request', 'model is required')
      if (familyOf(body.model) === undefined) return noChannel(body.model)
      const answer = visit.faults.beforeSettling() ?? (await sell(account, body))
      return visit.faults.afterSettling(answer, () => answer)
    }
  })

  const text =
    (dialect: Dialect): Sell =>
    (account, body) =>
      sellText(context, account, dialect, body)

  return [
    sold('/chat/completions', text('chat')),
    sold('/messages', text('messages'), 'x-api-key'),
    sold('/responses', text('responses')),
    sold('/images/generations', (account, body) => sellPictures(context, account, body)),
    {
      methods: ['POST'],
      path: /^\/relays\/openclaw\/v1\/images\/edits$/,
      misbehaves: true,
      async handle({ arrival }) {
        const account = signedIn(accounts, arrival)
        return isAnswer(account) ? account : sellEdit(context, account, await readForm(arrival))
      }
    },
    sold('/video/generations', (account, body) => sellFilm(context, account, body)),
    asked('/v1/videos/([\\w-]+)', ({ key }, { params: [id = ''] }) => {
      const task = tasks.find(id, key)
      return task ? openAiVideo(tasks, task) : noTask()
    }),
    asked('/v1/video/generations/([\\w-]+)', ({ key }, { params: [id = ''] }) => {
      const task = tasks.find(id, key)
      return task ? taskDto(tasks, task) : noTask()
    }),
    asked('/v1/models', () => {
      const data = modelNames.map((id) => ({ id, object: 'model', created: 0, owned_by: 'openclaw' }))
      return jsonAnswer(200, { success: true, object: 'list', data })
    }),
    asked('/v1/dashboard/billing/subscription', subscription),
    asked('/v1/dashboard/billing/usage', billingUsage),
    asked('/api/usage/token/', (account) => tokenUsage(account, account.opening === undefined)),
    { methods: ['GET'], path: /^\/relays\/openclaw\/api\/pricing$/, handle: () => pricing() },
    {
      methods: ['GET'],
      path: /^\/relays\/openclaw\/api\/status$/,
      handle: () => jsonAnswer(200, { success: true, data: { quota_per_unit: QUOTA_PER_USD, price: 7 } })
    }
  ]
}

/** OpenClaw 30. */
function noTask(): Answer {
  return taskError(400, 'task_not_exist', 'task_not_exist')
}

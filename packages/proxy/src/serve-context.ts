import type { AnswerCost, Clock } from '@bursar/core'
import type { Access, Agents, AnswerOperator, ServerMetrics } from '@bursar/local-server'
import type { KeptResponses } from '@bursar/translation'
import type { SharedAnswers } from './answers/shared-answers.js'
import type { CostObserver } from './costs/cost-observer.js'
import type { ProxyService } from './services/proxy-service.js'

/** What the proxy answers requests with. */
export interface ServeContext {
  readonly agents: Agents
  readonly access: Access
  /** The service, as an agent uses it. */
  readonly serviceOf: (agent: string) => ProxyService
  readonly answers: SharedAnswers
  readonly costs: CostObserver
  /** Answers of Responses, to which later requests may refer. */
  readonly responses: KeptResponses
  readonly clock: Clock
  readonly maxBodyBytes: number
  readonly maxConcurrent: number
  readonly timeoutMs: number
  readonly keepAliveMs: number
  readonly answerOperator: AnswerOperator
  /** Absent where no operator can ask for them. */
  readonly metrics: ServerMetrics | undefined
  /** Aborts when the proxy stops. */
  readonly stopping: AbortSignal
  readonly onAnswered: ((note: AnswerNote) => void) | undefined
}

/** What became of a request. */
export interface AnswerNote {
  /** Absent for a request that was not authenticated. */
  readonly agent?: string
  readonly path: string
  readonly status: number
  readonly ms: number
  /** When it was answered. Unix milliseconds. */
  readonly atMs: number
  /** What the answer cost, and what paid. Absent: nothing, or it is not known yet. */
  readonly cost?: AnswerCost
  /** Whether the answer, or its payment, is that of an equal request before, so that its cost is not paid again. */
  readonly isRepeat?: boolean
  /** The code of the error that it was answered with. @example 'offer/over-limit' */
  readonly problem?: string
}

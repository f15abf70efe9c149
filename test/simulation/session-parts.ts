import type { SimulatedClock } from './simulated-clock.js'
import type { Client, SimulatedDatabase } from './simulated-database.js'

/** What a session is opened with. */
export interface SessionParts {
  readonly database: SimulatedDatabase
  readonly client: Client
  readonly clock: SimulatedClock
  /** Names the session. */
  readonly session: string
}

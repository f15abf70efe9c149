import type { Clock, RandomBytes } from '@bursar/core'
import type { SaveResult } from '../shared/asset/create-saver.js'
import type { PricingRule } from '../shared/metering/charge.js'
import type { MeteredFetch } from '../shared/metering/metered-fetch.js'
import type { Connection } from '../shared/service/connection.js'
import type { FetchLike } from '../shared/service/operation.js'
import type { AccountQueries } from './account-queries.js'
import type { RelayService } from './relay-service.js'

/** What the parts of one client share. The key stays inside it. */
export interface RelaySession {
  readonly service: Pick<RelayService<never, never, never>, 'name' | 'apiPath' | 'assetLifeMs' | 'tasks'>
  readonly baseUrl: URL
  /** With the path that the service's own paths begin with. */
  readonly apiUrl: URL
  readonly connection: Connection
  readonly account: AccountQueries
  readonly pricingRule: PricingRule
  /** Sends with the key, and enters what is billed. */
  readonly metered: MeteredFetch
  readonly save: SaveResult
  /** Fetches what was made, with the key where the service itself keeps it. */
  readonly download: FetchLike
  readonly validate: boolean
  readonly clock: Clock
  readonly random: RandomBytes
}

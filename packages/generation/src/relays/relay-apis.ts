import { openclaw } from './openclaw/openclaw.js'
import type { RelayService } from './relay-service.js'
import { tokenhot } from './tokenhot/tokenhot.js'
import { tokenhub } from './tokenhub/tokenhub.js'

/** Where a relay is, and what it speaks itself. */
export type RelayApi = Pick<RelayService<never, never, never>, 'baseUrl' | 'apiPath' | 'spoken' | 'videoPath'>

/** Where each relay is, and what it speaks itself, by its name. */
export const relayApis: Readonly<Record<'openclaw' | 'tokenhot' | 'tokenhub', RelayApi>> = {
  openclaw,
  tokenhot,
  tokenhub
}

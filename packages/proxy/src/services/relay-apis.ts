import type { JsonObject } from '@bursar/core'
import { relayApis as services } from '@bursar/generation/carriers'
import { createOpenClaw } from 'bursar/openclaw'
import { createTokenhot } from 'bursar/tokenhot'
import { createTokenHub } from 'bursar/tokenhub'
import type { RelayServiceOptions } from './service-options.js'

/** What a relay answers itself: a path, and of which requests. */
type Spoken = ReadonlyMap<string, (body: JsonObject) => boolean>

/** How a relay's client is made, where its API begins, what it speaks itself, and where its videos are asked after. */
export const relayApis = {
  openclaw: {
    create: createOpenClaw,
    ...placeOf('openclaw'),
    polled: /^\/(?:videos|video\/generations)\/([\w-]{1,128})$/
  },
  tokenhot: {
    create: createTokenhot,
    ...placeOf('tokenhot'),
    polled: /^\/video\/generations\/([\w-]{1,128})$/
  },
  tokenhub: {
    create: createTokenHub,
    ...placeOf('tokenhub'),
    polled: /^\/videos\/generations\/([\w-]{1,128})$/
  }
} as const satisfies Record<RelayServiceOptions['name'], object>

/** Its videos are made where it makes them itself, in its own shape. */
function placeOf(name: RelayServiceOptions['name']): {
  readonly host: string
  readonly api: string
  readonly spoken: Spoken
} {
  const { baseUrl: host, apiPath: api, spoken, videoPath } = services[name]
  return { host, api, spoken: new Map([...spoken, [videoPath, () => true]]) }
}

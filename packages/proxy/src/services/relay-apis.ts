import type { JsonObject } from '@bursar/core'
import { createOpenClaw } from 'bursar/openclaw'
import { createTokenhot } from 'bursar/tokenhot'
import { createTokenHub } from 'bursar/tokenhub'
import type { RelayServiceOptions } from './service-options.js'

/** What a relay answers itself: a path, and of which models. */
type Spoken = ReadonlyMap<string, (body: JsonObject) => boolean>

const always = (): boolean => true
const modelLike =
  (pattern: RegExp) =>
  ({ model }: JsonObject): boolean =>
    pattern.test(String(model))

/** How a relay's client is made, where its API begins, what it speaks itself, and where its videos are asked after. */
export const relayApis = {
  openclaw: {
    create: createOpenClaw,
    host: 'https://token.openclaw-token.shop',
    api: '/v1',
    spoken: new Map([
      ['/chat/completions', always],
      ['/messages', always],
      ['/responses', modelLike(/^gpt/)],
      ['/images/generations', modelLike(/^(?:gpt-image-|wan2\.6-t2i$|doubao-seedream-)/)],
      ['/images/edits', modelLike(/^gpt-image-/)],
      ['/video/generations', always]
    ]) as Spoken,
    polled: /^\/(?:videos|video\/generations)\/([\w-]{1,128})$/
  },
  tokenhot: {
    create: createTokenhot,
    host: 'https://api.tokenhot.cn',
    api: '/v1',
    spoken: new Map([
      ['/chat/completions', always],
      ['/responses', modelLike(/^gpt/)],
      ['/images/generations', speaksTokenhotImages],
      ['/images/edits', modelLike(/^gpt-image-/)],
      ['/video/generations', always]
    ]) as Spoken,
    polled: /^\/video\/generations\/([\w-]{1,128})$/
  },
  tokenhub: {
    create: createTokenHub,
    host: 'https://tokenhub.store',
    api: '/api/v1',
    spoken: new Map([
      ['/chat/completions', always],
      ['/images/generations', always],
      ['/images/edits', always],
      ['/videos/generations', always]
    ]) as Spoken,
    polled: /^\/videos\/generations\/([\w-]{1,128})$/
  }
} as const satisfies Record<RelayServiceOptions['name'], object>

/** Wan and Qwen take messages, which a program that knows them sends; Gemini has a path of its own. */
function speaksTokenhotImages({ model, input }: JsonObject): boolean {
  return input !== undefined || /^(?:gpt-image-|doubao-seedream-|dall-e-)/.test(String(model))
}

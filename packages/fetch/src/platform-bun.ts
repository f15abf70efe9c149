import { channel } from 'node:diagnostics_channel'
import type { Platform } from './platform.js'
import { platform as web } from './platform-web.js'

/** Bun: its own fetch, since the `undici` that it puts in place of npm's has no dispatchers. */
export const platform: Platform = { ...web, diagnostics: channel('bursar') }

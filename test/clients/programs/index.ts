import { claudeCode } from './claude-code.js'
import { codex } from './codex.js'
import { continueCli } from './continue.js'
import { opencode } from './opencode.js'
import type { ClientProgram } from './program.js'

/** Every client that is tested. */
export const clientPrograms: readonly ClientProgram[] = [claudeCode, codex, opencode, continueCli]

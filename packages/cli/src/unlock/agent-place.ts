import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { dataFolder, dataPath } from '../files/data-folder.js'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'

/** The longest path of a socket that every system takes. */
const MAX_PATH = 100
const OTHERS = 0o077

/**
 * Where the agent of a data folder listens: at a socket in a folder that is for its owner alone, on Windows at a pipe of its
 * own user.
 *
 * @throws {UsageError} when the path is too long for a socket.
 */
export function agentPath(env: Env): string {
  if (platform() === 'win32') {
    const name = createHash('sha256').update(dataFolder(env)).digest('hex').slice(0, 16)
    return `\\\\.\\pipe\\bursar-${name}`
  }
  const path = join(agentFolder(env), 'socket')
  if (Buffer.byteLength(path) <= MAX_PATH) return path
  throw new UsageError(`${path} is too long for a socket: BURSAR_HOME names another folder`)
}

/** Whether nobody else can have put a socket there. On Windows the pipe's own rights say so. */
export function isAgentPlaceOurs(env: Env): boolean {
  if (platform() === 'win32') return true
  try {
    const found = lstatSync(agentFolder(env))
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & OTHERS) === 0
  } catch {
    return false
  }
}

/** Makes the folder of the socket. @throws {UsageError} when others can look into it. */
export function makeAgentPlace(env: Env): void {
  if (platform() === 'win32') return
  mkdirSync(agentFolder(env), { recursive: true, mode: 0o700 })
  if (isAgentPlaceOurs(env)) return
  throw new UsageError(`Others can enter ${agentFolder(env)}: chmod 700 it`)
}

function agentFolder(env: Env): string {
  return dataPath(env, 'agent')
}

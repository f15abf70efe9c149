import { createHash } from 'node:crypto'
import { lstatSync, type Stats } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { makeFolderSync } from '@bursar/core/files'
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

/**
 * Whether there is a folder for the socket, in which nobody else can have put one. On Windows the pipe's own rights say so.
 *
 * @throws {UsageError} when others can enter it, or nobody can tell: an agent may run there all the same.
 */
export function hasAgentPlace(env: Env): boolean {
  if (platform() === 'win32') return true
  const folder = agentFolder(env)
  const found = lookAt(folder)
  if (!found) return false
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & OTHERS) === 0) return true
  throw new UsageError(
    `${folder} is no folder that you alone can enter: chmod 700 it. A key may still be held by an agent there`
  )
}

/** Makes the folder of the socket. @throws {UsageError} when others can enter it. */
export function makeAgentPlace(env: Env): void {
  if (platform() === 'win32') return
  makeFolderSync(agentFolder(env), 0o700)
  hasAgentPlace(env)
}

/** The folder of the socket. */
export function agentFolder(env: Env): string {
  return dataPath(env, 'agent')
}

function lookAt(folder: string): Stats | undefined {
  try {
    return lstatSync(folder, { throwIfNoEntry: false })
  } catch (error) {
    throw new UsageError(`${folder} cannot be looked at. A key may still be held by an agent there`, {
      cause: error
    })
  }
}

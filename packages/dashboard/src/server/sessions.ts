import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A browser that was let in. */
export interface BrowserSession {
  /** What a write must carry besides the path. A page of another origin cannot read it. */
  readonly csrfToken: string
}

/** How many browsers are let in at once. The oldest is forgotten. */
const MAX_SESSIONS = 16

/**
 * Lets browsers in. A link holds a token that is good for one browser; it is exchanged for a secret path. A cookie would not do:
 * browsers send it to every port of the host, to servers of other users, too. Nothing of it outlives the process.
 */
export class Sessions {
  readonly #sessions = new Map<string, BrowserSession>()
  #linkToken = randomToken()

  /** The token of the next link. */
  get linkToken(): string {
    return this.#linkToken
  }

  /** Exchanges the token of a link for a session, once. @returns its path, or nothing when the token is another one. */
  exchange(token: string): string | undefined {
    if (!isSame(token, this.#linkToken)) return undefined
    this.#linkToken = randomToken()
    const id = randomToken()
    this.#sessions.set(id, { csrfToken: randomToken() })
    const [oldest] = this.#sessions.keys()
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest)
    return `/${id}/`
  }

  /** The session that a path begins with, and what follows: `/` for the page itself. */
  find(path: string): { readonly session: BrowserSession; readonly path: string } | undefined {
    const [, given, rest] = /^\/([\w-]+)(\/.*)$/.exec(path) ?? []
    if (given === undefined || rest === undefined) return undefined
    const session = [...this.#sessions].find(([id]) => isSame(given, id))?.[1]
    return session && { session, path: rest }
  }
}

/** Compares in a time that tells nothing of where two texts differ. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** 256 random bits. */
function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

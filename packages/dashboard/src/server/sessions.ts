import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** A browser that was let in. */
export interface BrowserSession {
  /** What a write must carry besides the cookie. A page of another origin cannot read it. */
  readonly csrfToken: string
}

/** How many browsers are let in at once. The oldest is forgotten. */
const MAX_SESSIONS = 16

/**
 * Lets browsers in. A link holds a token that is good for one browser; it is exchanged for a cookie that only this server
 * reads. Nothing of it outlives the process.
 */
export class Sessions {
  readonly #cookieName: string
  readonly #sessions = new Map<string, BrowserSession>()
  #linkToken = randomToken()

  /** @param port keeps the cookies of two dashboards apart: browsers send a cookie to every port of a host. */
  constructor(port: number) {
    this.#cookieName = `bursar_dashboard_${port}`
  }

  /** The token of the next link. */
  get linkToken(): string {
    return this.#linkToken
  }

  /** Exchanges the token of a link for a session, once. @returns the cookie, or nothing when the token is another one. */
  exchange(token: string): string | undefined {
    if (!isSame(token, this.#linkToken)) return undefined
    this.#linkToken = randomToken()
    const id = randomToken()
    this.#sessions.set(id, { csrfToken: randomToken() })
    const [oldest] = this.#sessions.keys()
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest)
    return `${this.#cookieName}=${id}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** The session whose cookie a request carries. */
  find({ headers }: IncomingMessage): BrowserSession | undefined {
    const name = `${this.#cookieName}=`
    const cookies = (headers.cookie ?? '').split(';').map((each) => each.trim())
    const given = cookies.find((each) => each.startsWith(name))?.slice(name.length)
    if (given === undefined) return undefined
    return [...this.#sessions].find(([id]) => isSame(given, id))?.[1]
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

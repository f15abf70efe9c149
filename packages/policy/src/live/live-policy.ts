import { isDeepStrictEqual } from 'node:util'
import { type BursarError, bursarErrorOf } from '@bursar/core'
import { policyError, reasonOf } from '../file/policy-error.js'
import { pathText } from '../schema/path-text.js'
import type { Policy } from '../schema/policy-schema.js'
import { leavesOf } from '../settings/leaves.js'
import { guardsOf, othersOf, stricterOf } from '../stricter/stricter-policy.js'
import { fileVersion } from './file-version.js'

/** How a policy is read while a program runs. */
export interface LivePolicyOptions {
  /** The files that are watched: that of the policy, and where it could be as well. @example { paths: policyPaths() } */
  readonly paths: readonly string[]
  /** The whole policy as it is now. @example { read: () => ({ ...fromFile(), ...fromFlags }) } */
  read(): Policy
  /** Called with what is said to the operator. @example { report: console.error } */
  report(text: string): void
}

/**
 * A policy that is read again when its file changes. Of what guards money, what became stricter holds from the next payment on,
 * and what became looser when the program is started anew, as does everything else that changed.
 */
export class LivePolicy {
  readonly #options: LivePolicyOptions
  #version: string
  #holds: Policy
  #failure: BursarError | undefined

  /** @param start the policy that the program was started with. */
  constructor(start: Policy, options: LivePolicyOptions) {
    this.#options = options
    this.#holds = start
    // What changes between the reading of `start` and now is read again.
    this.#version = ''
  }

  /**
   * What holds now. Two answers are the same object unless something changed.
   *
   * @throws {BursarError} `policy/unreadable` as long as the file cannot be read.
   */
  current(): Policy {
    const version = this.#options.paths.map(fileVersion).join('\n')
    // What could not be read may have been kept from it by the system, for a moment.
    if (version !== this.#version || this.#failure !== undefined) this.#readAgain(version)
    if (this.#failure !== undefined) throw this.#failure
    return this.#holds
  }

  /** Looks whether the file changed, for what is said to the operator. */
  look(): void {
    try {
      this.current()
    } catch {
      // It was reported when it was read.
    }
  }

  #readAgain(version: string): void {
    const isNew = version !== this.#version
    this.#version = version
    const before = this.#failure
    try {
      this.#take(this.#options.read())
      this.#failure = undefined
      if (before !== undefined) this.#options.report('The policy can be read again, and payments go on.')
    } catch (error) {
      const [path = ''] = this.#options.paths
      const failure = bursarErrorOf(error, 'policy/unreadable') ?? policyError(path, reasonOf(error), error)
      this.#failure = failure
      if (isNew || failure.message !== before?.message) this.#options.report(failure.message)
    }
  }

  #take(now: Policy): void {
    const before = this.#holds
    const stricter = stricterOf(before, now)
    const tightened = changedKeys(before, stricter)
    const waiting = changedKeys(stricter, now)
    const others = changedLeaves(othersOf(before), othersOf(now))
    if (tightened.length > 0) this.#holds = stricter
    if (tightened.length > 0)
      this.#options.report(`The policy is stricter from now on: ${tightened.join(', ')}.`)
    if (waiting.length > 0)
      this.#options.report(
        `The policy allows more, which holds when this is started anew: ${waiting.join(', ')}.`
      )
    if (others.length > 0)
      this.#options.report(`These settings hold when this is started anew: ${others.join(', ')}.`)
  }
}

/** The guards that differ between two policies. */
function changedKeys(before: Policy, after: Policy): readonly string[] {
  return changedLeaves(guardsOf(before), guardsOf(after))
}

function changedLeaves(before: Policy, after: Policy): readonly string[] {
  const [from, to] = [before, after].map(
    (policy) => new Map(leavesOf(policy).map(({ path, value }) => [pathText(path), value]))
  )
  const keys = new Set([...(from?.keys() ?? []), ...(to?.keys() ?? [])])
  return [...keys].filter((key) => !isDeepStrictEqual(from?.get(key), to?.get(key)))
}

import { abortable, checkOptions, RESERVED_NAMES } from '@bursar/core'
import type { Call } from './flow/call.js'
import { type CallOptions, callChecks } from './flow/call-options.js'
import type { PaymentContext } from './flow/payment-context.js'
import { type CapturableInit, captureRequest, signalOf } from './request/capture-request.js'
import type { CapturedRequest } from './request/captured-request.js'
import type { Transport } from './transport/transport.js'

/** What callers, and services of ours, say of a call. */
type CallInit = CapturableInit & { readonly bursar?: Call['options'] | undefined }

/** The arguments of a call, and what sends it. */
export interface CallArguments {
  readonly input: string | URL | Request
  readonly init: CallInit
  readonly transport: Transport
}

/**
 * Captures a call, so that its bytes can be sent again.
 *
 * @throws {BursarError} `request/body-too-large`
 * @throws {TypeError} as fetch does.
 */
export function captureCall(
  { settings, sha256 }: PaymentContext,
  { input, init, transport }: CallArguments
): Call | Promise<Call> {
  const signal = signalOf(input, init)
  signal?.throwIfAborted()
  const { maxStreamBytes } = settings
  const options = init.bursar ?? {}
  const begin = (request: CapturedRequest): Call => {
    options.checkUrl?.(request.url)
    return { request, options, transport }
  }
  const captured = captureRequest(input, init, { maxStreamBytes, sha256 })
  return captured instanceof Promise ? abortable(captured, signal).then(begin) : begin(captured)
}

/** Prefixes that callers may not use in names: Bursar's own, and that of top-ups. */
const takenPrefixes = [RESERVED_NAMES, 'top-up ']

/**
 * Checks what a caller says of a call. Services of ours may say more.
 *
 * @throws {TypeError} for an unknown option, a malformed one, or a name that is Bursar's own.
 */
export function checkCallOptions(options: CallOptions | undefined): void {
  if (options === undefined) return
  checkOptions(options, callChecks, 'bursar')
  checkPurchaseName(options.purchase, 'bursar.purchase')
}

/** @throws {TypeError} for a name that is Bursar's own. */
export function checkPurchaseName(name: string | undefined, path: string): void {
  for (const prefix of takenPrefixes)
    if (name?.startsWith(prefix))
      throw new TypeError(`${path}: names that begin with "${prefix}" are Bursar's own`)
}

/** A URL that is left to the platform's fetch: data:, blob: and file: never cost anything. */
export function urlOfOtherScheme(input: string | URL | Request): URL | undefined {
  const url = typeof input === 'object' && 'url' in input ? input.url : String(input)
  return /^(?!https?:)[a-z][a-z\d+.-]*:/i.test(url) ? new URL(url) : undefined
}

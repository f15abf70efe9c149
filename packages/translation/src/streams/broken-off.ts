import type { StreamFailure } from './stream-format.js'

/** A stream that the service did not end. @param reason in its own words. */
export function brokenOff(reason?: unknown): StreamFailure {
  const words = typeof reason === 'string' && reason !== '' ? `: ${reason}` : ''
  return {
    code: 'service_cut_off',
    message: `The service broke off its answer${words}. What it had sent until then may have been charged`
  }
}

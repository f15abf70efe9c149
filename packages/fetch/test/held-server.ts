import { until } from '../../../test/until.js'
import { challenge, type Script, serve, settle } from './scripted-server.js'

/** A server that answers no payment before the test lets it. */
export async function heldServer(answer: Script = (_, response) => settle(response, 'bought')) {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const server = await serve(async (arrival, response, index) => {
    if (!arrival.payment) return challenge(response)
    await released
    return answer(arrival, response, index)
  })
  const paidCalls = (count: number) => until(() => server.paid().length === count)
  return { ...server, release, paidCalls }
}

/** What an equal call sends. */
export const buy = { method: 'POST', body: 'buy' }

import { expect, it } from 'vitest'
import { until } from '../../../test/until.js'
import { createWebhook } from './create-webhook.js'
import type { Notification } from './notification.js'
import { newWebhookSecret } from './sign-message.js'

const url = 'https://hooks.example/'
const secret = newWebhookSecret()
const frozen: Notification = { type: 'ledger.frozen', id: 'frozen', atMs: 0, data: {} }

/** A fetch that never answers, whatever its signal says. */
const deaf: typeof fetch = () => new Promise(() => {})

it('loses a refused price, and nothing that an operator has to see, where all that waits is of that kind', async () => {
  const lost: string[] = []
  const webhook = createWebhook({
    ...{ url, secret, fetch: deaf, maxWaiting: 2 },
    onLost: ({ id }) => void lost.push(id)
  })
  webhook.notify({ ...frozen, id: 'one' })
  webhook.notify({ ...frozen, id: 'two' })
  for (const id of ['a', 'b']) webhook.notify({ ...frozen, type: 'payment.refused', id })
  await until(() => lost.length === 2)
  expect(lost).toEqual(['a', 'b'])
  // Of its own kind, the oldest is lost.
  webhook.notify({ ...frozen, id: 'three' })
  await until(() => lost.length === 3)
  expect(lost[2]).toBe('one')
  await webhook.close()
}, 60_000)

it('is closed in some seconds though its fetch knows of no signal', async () => {
  const lost: string[] = []
  const sleep = async (): Promise<void> => {}
  const clock = { nowMs: () => 0, sleep }
  const onLost = ({ id }: Notification, reason: string): void => void lost.push(`${id}: ${reason}`)
  const webhook = createWebhook({ url, secret, fetch: deaf, clock, onLost })
  webhook.notify(frozen)
  await webhook.close()
  await until(() => lost.length === 1)
  expect(lost).toEqual(['frozen: the webhook is closed'])
}, 60_000)

it('takes no secret that is no base64, as of one digit too many, and says so without it', () => {
  const open = () => createWebhook({ url, secret: `whsec_${'hiddenword'.repeat(4)}A` })
  expect(open).toThrow(TypeError)
  expect(open).toThrow(/webhook\.secret must be whsec_/)
  expect(open).not.toThrow(/hiddenword/)
})

import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { memoryLedger } from '@bursar/ledger'
import { expect, it, vi } from 'vitest'
import { LiveEvents } from './live-events.js'

it('tells a page that the ledger can be read again, also when nothing was bought meanwhile', async () => {
  const ledger = memoryLedger()
  let isDown = true
  const status = () => (isDown ? Promise.reject(new Error('down')) : ledger.status())
  const events = new LiveEvents({ ...ledger, status }, Date.now)
  let sent = ''
  const page = Object.assign(new EventEmitter(), {
    writableLength: 0,
    writeHead: () => page,
    setHeader: () => page,
    flushHeaders: () => {},
    write: (text: string) => {
      sent += text
      return true
    },
    end: () => void page.emit('close')
  })
  events.watch(page as unknown as ServerResponse)
  await vi.waitFor(() => expect(sent).toContain('event: unreadable'))
  isDown = false
  await vi.waitFor(() => expect(sent).toContain('event: changed'), { timeout: 5_000 })
  events.close()
})

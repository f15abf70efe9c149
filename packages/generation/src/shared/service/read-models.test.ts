import { expect, it } from 'vitest'
import { type Route, startPaidServer } from '../../../../../test/loopback/paid-server.js'
import { readModels } from './read-models.js'

async function read(route: Route, timeoutMs?: number): Promise<readonly string[]> {
  const { url } = await startPaidServer({ '/v1/models': route })
  return readModels(`${url}/v1/models`, timeoutMs === undefined ? {} : { timeoutMs })
}

it('reads the ids of a list, and none of what has none', async () => {
  const list = { data: [{ id: 'one' }, { id: 2 }, 'three', { id: 'four' }] }
  expect(await read((_, response) => void response.end(JSON.stringify(list)))).toEqual(['one', 'four'])
  expect(await read((_, response) => void response.end('[]'))).toEqual([])
})

it('reads no list that is longer than any, and waits no longer than it may', async () => {
  const chunk = Buffer.alloc(1024 * 1024, ' ')
  const endless: Route = (_, response) => {
    const more = (): void => {
      if (response.destroyed) return
      response.write(chunk)
      setImmediate(more)
    }
    more()
  }
  await expect(read(endless)).rejects.toThrow(/more than 16777216 bytes/)
  await expect(read(() => {}, 20)).rejects.toThrow(/timeout/)
})

it('follows no redirect', async () => {
  await expect(
    read((_, response) => void response.writeHead(302, { location: '/elsewhere' }).end())
  ).rejects.toThrow()
})

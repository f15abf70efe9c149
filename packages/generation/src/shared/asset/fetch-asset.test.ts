import { describe, expect, it } from 'vitest'
import { folder, image, openFinishedJob as open, whole } from '../../../test/saved-assets.js'
import { completed, envelope, quickClock, REQUEST_ID, serve, still } from '../../../test/service.js'
import { createKatanaClient } from '../../katana/create-katana-client.js'

describe('where assets may come from', () => {
  it.each([
    'http://example.com/a.png',
    'file:///etc/passwd',
    'ftp://example.com/a.png',
    'https://u:p@example.com/a'
  ])('rejects %s', async (url) => {
    const { job, directory, arrivals } = await open(whole, { original_data_url: url })
    await expect(job().save(directory)).rejects.toMatchObject({ code: 'asset/insecure' })
    expect(arrivals).toEqual([])
  })

  it('does not let a service elsewhere point at this machine', async () => {
    const inside = await serve((_, response) => void response.end(image))
    const fetch = async () => Response.json(envelope('completed', [completed(inside.url)]))
    const katana = createKatanaClient({ plainFetch: fetch, clock: quickClock(), random: still })
    await expect(katana.jobs.resume(REQUEST_ID).save(await folder())).rejects.toMatchObject({
      code: 'asset/insecure'
    })
    expect(inside.arrivals).toEqual([])
  })

  it('holds redirects to the same rules, and follows them within bounds', async () => {
    const { job, directory, arrivals } = await open((arrival, response, index) => {
      if (arrival.path === '/original.png') return void response.writeHead(302, { location: '/moved' }).end()
      whole(arrival, response, index)
    })
    await job().save(directory)
    expect(arrivals.map(({ path }) => path)).toEqual(['/original.png', '/moved'])
    const evil = await open(
      (_, response) => void response.writeHead(302, { location: 'http://example.com/' }).end()
    )
    await expect(evil.job().save(evil.directory)).rejects.toMatchObject({ code: 'asset/insecure' })
    const endless = await open((_, response) => void response.writeHead(302, { location: '/again' }).end())
    await expect(endless.job().save(endless.directory)).rejects.toMatchObject({ code: 'asset/unavailable' })
    expect(endless.arrivals).toHaveLength(6)
  })

  it('says so when there is no URL', async () => {
    const { job, directory } = await open(whole, { original_data_url: '', url: '' })
    await expect(job().save(directory)).rejects.toMatchObject({ code: 'asset/unavailable' })
  })
})

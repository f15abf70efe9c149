/** Makes the cover of an issue. Run again after whatever ended it, it goes on where it was, and pays nothing twice. */
import { createBursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { openEnvironment } from '../environment.js'

const NAME = 'cover-of-issue-42'

await using environment = await openEnvironment()
await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.25', day: '1.00' } })
const katana = createKatana(bursar, { baseUrl: environment.katanaUrl })

const bought = await bursar.find(NAME)
const job = bought?.job === undefined ? await order() : await katana.jobs.resume(bought.job)
const [image] = await job.save('out/', { existing: 'keep' })
console.log(`The image is at ${image?.path}.`)

function order() {
  const item = { model: 'gen', prompt: 'A lighthouse at dusk', aspectRatio: '1:1' } as const
  return katana.images.generate(item, {
    fetchOptions: { bursar: { purchase: NAME } },
    onSubmitted: ({ requestId }) => console.log(`Job ${requestId} is accepted and paid for.`)
  })
}

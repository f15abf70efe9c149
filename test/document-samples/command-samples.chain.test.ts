import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'
import { startCommand } from '../command.js'
import { useStack } from '../stack.js'
import { katanaCurl } from './katana-requests.js'
import type { Sample } from './sample.js'

const stack = useStack()
/** The curl samples of the guide that a payment pays for. */
const samples = katanaCurl.filter(
  ({ language, title, requests }) =>
    language === 'curl' &&
    !title.startsWith('Solana') &&
    requests?.every(({ headers }) => headers === undefined)
)

/** A home with a funded account, and what the sample’s line of curl says after the name of the program. */
async function lineOf({ requests: [request] = [] }: Sample) {
  if (typeof request?.path !== 'string')
    throw new TypeError('The sample has a path that follows from an answer')
  const home = mkdtempSync(join(tmpdir(), 'bursar-samples-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await stack.chain.mint(address, 10_000_000n)
  const env = { BURSAR_HOME: home, EVM_PRIVATE_KEY: key, BURSAR_RPC_BASE: stack.chain.rpcUrl }
  const body = JSON.stringify(request.json)
  const line = [
    '-i',
    '-X',
    'POST',
    `${stack.gateway.url}${request.path}`,
    '-H',
    'Content-Type: application/json'
  ]
  const pay = (...more: string[]) => startCommand(env, 'pay', ...line, ...more, '--max-amount', '3').ended
  return { pay, body, home, address }
}

it.each(samples)(
  'S65, Katana 157: bursar pay takes the line of curl of $section, $title, and pays once',
  async (sample) => {
    const { pay, body, address } = await lineOf(sample)
    const { code, out } = await pay('-d', body)
    expect([code, out.split('\n', 1)[0]]).toEqual([0, expect.stringMatching(/200/)])
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  }
)

it.each(['-d', '--data-binary'])(
  'S65, Katana 157: bursar pay %s takes a large body from a file, as the guide advises',
  async (option) => {
    const [sample] = samples.filter(({ title }) => title.startsWith('Image'))
    if (!sample) throw new TypeError('The sample has another name')
    const { pay, body, home, address } = await lineOf(sample)
    const file = join(home, 'payload.json')
    const { requests } = JSON.parse(body)
    const picture = `data:image/png;base64,${'A'.repeat(4_000_000)}`
    // Corrupt on purpose: the service looks at it, so that it did arrive, and rejects the item, which is free.
    writeFileSync(
      file,
      JSON.stringify({ requests: [{ ...requests[0], model: 'gpt-image-2', image_urls: [picture] }] })
    )
    const { code, out } = await pay(option, `@${file}`)
    expect([code, out]).toEqual([0, expect.stringContaining('"status":"rejected"')])
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
    writeFileSync(file, body)
    expect((await pay(option, `@${file}`)).code).toBe(0)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  }
)

import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Bursar, createBursar, formatUsdc } from 'bursar'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import type { Stack } from './stack.js'

const item = {
  type: 'image',
  model: 'gen',
  prompt: 'A lighthouse on a basalt cliff at dusk, long exposure',
  aspect_ratio: '1:1',
  output_format: 'png'
}

/** Asks Katana's image endpoint, pays its price, waits for the job and saves the picture. */
export async function payForImage({ chain, gateway }: Stack, outFolder: string): Promise<void> {
  const key = generatePrivateKey()
  const payer = privateKeyToAccount(key).address
  await chain.mint(payer, 1_000_000n)
  const bursar = createBursar({
    evm: key,
    limits: { payment: '0.25', day: '5.00' },
    rpcUrls: { 'eip155:8453': chain.rpcUrl },
    ledger: 'memory'
  })
  const url = `${gateway.url}/v1/generation-requests?wait=false`
  const body = JSON.stringify({ requests: [item] })
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }

  console.log(`\nAsked      POST ${url}`)
  console.log(`           ${item.model}: "${item.prompt}"`)
  const { offers } = await bursar.quote(url, init)
  for (const offer of offers)
    console.log(`Offer      ${offer.amount} USDC on ${offer.network} to ${offer.payTo}`)

  const payee = gateway.payTo.base
  const before = { payer: await chain.balanceOf(payer), payee: await chain.balanceOf(payee) }
  const response = await bursar.fetch(url, init)
  const receipt = bursar.receiptOf(response)
  if (!response.ok || !receipt)
    throw new TypeError(`The gateway answered ${response.status}: ${await response.text()}`)
  const after = { payer: await chain.balanceOf(payer), payee: await chain.balanceOf(payee) }

  console.log(`Paid       ${receipt.amount} USDC, ${receipt.moneyState}, as ${receipt.purchase}`)
  console.log(`Hash       ${receipt.transaction}`)
  console.log(`Payer      ${payer}  ${formatUsdc(before.payer)} -> ${formatUsdc(after.payer)} USDC`)
  console.log(`Payee      ${payee}  ${formatUsdc(before.payee)} -> ${formatUsdc(after.payee)} USDC`)

  const { request_id } = (await response.json()) as { request_id: string }
  const asset = await waitForImage(bursar, gateway.url, request_id)
  const file = await save(bursar, asset, outFolder)
  console.log(`Saved      ${file}`)
  await bursar.close()
}

interface Job {
  readonly status: string
  readonly poll_after_seconds: number | null
  readonly responses: readonly { readonly output_assets: readonly { readonly original_data_url: string }[] }[]
}

async function waitForImage(bursar: Bursar, gateway: string, requestId: string): Promise<string> {
  for (;;) {
    const response = await bursar.fetch(`${gateway}/v1/generation-requests/${requestId}`)
    const job = (await response.json()) as Job
    console.log(`Job        ${requestId} ${job.status}`)
    const url = job.responses[0]?.output_assets[0]?.original_data_url
    if (job.status === 'completed' && url) return url
    if (job.poll_after_seconds === null) throw new TypeError(`The job ended ${job.status}`)
    await sleep(job.poll_after_seconds * 1000)
  }
}

async function save(bursar: Bursar, url: string, folder: string): Promise<string> {
  const bytes = Buffer.from(await (await bursar.fetch(url)).arrayBuffer())
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.png`)
  await writeFile(file, bytes)
  return `${file} (${bytes.length} bytes)`
}

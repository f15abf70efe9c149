import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Bursar, createBursar, formatUsdc } from 'bursar'
import type { Stack } from './stack.js'
import type { Wallet } from './wallet.js'

const prompts = [
  'A lighthouse on a basalt cliff at dusk, long exposure',
  'A paper boat on a mountain lake, morning mist'
]

/** Buys an image with every wallet: asks Katana's endpoint, pays its price, waits for the job, saves the image. */
export async function payForImages({ gateway, wallets }: Stack, outFolder: string): Promise<void> {
  const bursar = createBursar({
    ...Object.assign({}, ...wallets.map(({ keys }) => keys)),
    limits: { payment: '0.25', day: '5.00' },
    rpcUrls: Object.fromEntries(wallets.map(({ network, rpcUrl }) => [network, rpcUrl])),
    ledger: 'memory'
  })
  for (const [index, wallet] of wallets.entries()) {
    const prompt = prompts[index] ?? 'A mug'
    await payForImage(bursar, gateway.url, wallet, prompt, outFolder)
  }
  await bursar.close()
}

async function payForImage(
  bursar: Bursar,
  gatewayUrl: string,
  { network, payer, payee, balanceOf }: Wallet,
  prompt: string,
  outFolder: string
): Promise<void> {
  const url = `${gatewayUrl}/v1/generation-requests?wait=false`
  const item = { type: 'image', model: 'gen', prompt, aspect_ratio: '1:1', output_format: 'png' }
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requests: [item] }),
    bursar: { prefer: [network] }
  }
  console.log(`\nAsked      POST ${url}`)
  console.log(`           ${item.model}: "${prompt}"`)
  const { offers } = await bursar.quote(url, init)
  for (const offer of offers) {
    console.log(`Offer      ${offer.amount} USDC on ${offer.network}`)
    console.log(`           to ${offer.payTo}`)
  }

  const before = { payer: await balanceOf(payer), payee: await balanceOf(payee) }
  const response = await bursar.fetch(url, init)
  const receipt = bursar.receiptOf(response)
  if (!response.ok || !receipt)
    throw new TypeError(`The gateway answered ${response.status}: ${await response.text()}`)
  const after = { payer: await balanceOf(payer), payee: await balanceOf(payee) }

  console.log(`Paid       ${receipt.amount} USDC, ${receipt.moneyState}, as ${receipt.purchase}`)
  console.log(`Hash       ${receipt.transaction}`)
  console.log(`Payer      ${payer}  ${formatUsdc(before.payer)} -> ${formatUsdc(after.payer)} USDC`)
  console.log(`Payee      ${payee}  ${formatUsdc(before.payee)} -> ${formatUsdc(after.payee)} USDC`)

  const { request_id } = (await response.json()) as { request_id: string }
  const asset = await waitForImage(bursar, gatewayUrl, request_id)
  console.log(`Saved      ${await save(bursar, asset, outFolder)}`)
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

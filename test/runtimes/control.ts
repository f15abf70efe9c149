import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Stack, type StackWallets, startStack } from '@bursar/gateway'
import type { World } from './suite/world.js'

/** The local stack, and a server on loopback by which programs outside this process use it. */
export interface Control extends AsyncDisposable {
  /** What every runtime is told. */
  readonly world: Pick<World, 'gatewayUrl' | 'rpcUrls' | 'controlUrl'>
}

/** Starts Base, Solana, the gateway, and the server that makes wallets and serves the page. */
export async function startControl(page: string): Promise<Control> {
  const stack = await startStack({ solana: { slotTimeMs: 50 }, gateway: { katana: { generationMs: 50 } } })
  const answer = createAnswers(stack, page)
  const server = createServer(async (request, response) => {
    const { status, type, text } = await answer(request)
    response.writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*' }).end(text)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    world: {
      gatewayUrl: stack.gateway.url,
      rpcUrls: Object.fromEntries(
        Object.entries(stack.options.rpcUrls).map(([id, url]) => [id, String(url)])
      ),
      controlUrl: `http://127.0.0.1:${port}`
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await stack.stop()
    }
  }
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
}

function createAnswers(stack: Stack, page: string): (request: IncomingMessage) => Promise<Answer> {
  const wallets = new Map<string, StackWallets>()
  return async ({ method, url = '/' }) => {
    const [, first = '', id = ''] = url.split('/')
    if (first === '') return html('<title>A page that pays</title><script src="/page.js"></script>')
    if (first === 'page.js') return { status: 200, type: 'text/javascript', text: page }
    if (first !== 'wallets') return { status: 404, type: 'text/plain', text: 'There is nothing here' }
    if (method === 'POST') return json(await addWallet(stack, wallets))
    const wallet = wallets.get(id)
    const settled = await Promise.all([wallet?.base?.payments(), wallet?.solana?.payments()])
    return json(settled.flatMap((payments) => payments ?? []).map(({ chain }) => ({ chain })))
  }
}

async function addWallet(stack: Stack, wallets: Map<string, StackWallets>): Promise<unknown> {
  const wallet = await stack.newWallet('5')
  const id = String(wallets.size + 1)
  wallets.set(id, wallet)
  return { id, evm: wallet.base?.privateKey, solana: wallet.solana?.privateKey }
}

function html(text: string): Answer {
  return { status: 200, type: 'text/html', text: `<!doctype html>${text}` }
}

function json(value: unknown): Answer {
  return { status: 200, type: 'application/json', text: JSON.stringify(value) }
}

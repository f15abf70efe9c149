import { bursarErrorOf, parseUsdc } from '@bursar/core'
import type { Stack } from '@bursar/gateway'
import {
  Agents,
  authenticate,
  listen,
  newToken,
  openaiFormat,
  problemOf,
  RequestProblem,
  readJsonBody,
  sendProblem
} from '@bursar/local-server'
import { networkName } from '../text/network-name.js'

/** Gives USDC of a running stack to anyone who has the lines that it printed. */
export interface Faucet extends AsyncDisposable {
  /** How `bursar dev fund` finds it. */
  readonly env: { readonly BURSAR_FAUCET_URL: string; readonly BURSAR_FAUCET_TOKEN: string }
}

const MAX_BODY_BYTES = 1024

/** Starts the faucet of a stack. */
export async function startFaucet(stack: Pick<Stack, 'base' | 'solana'>): Promise<Faucet> {
  const token = newToken()
  const agents = new Agents([{ name: 'faucet', token }])
  const server = await listen(0, async (message, response) => {
    try {
      authenticate(message, agents)
      const { value } = await readJsonBody(message, MAX_BODY_BYTES)
      const network = await fund(stack, String(value.address), String(value.usdc))
      response.end(JSON.stringify({ network }))
    } catch (error) {
      sendProblem(response, problemOf(error), openaiFormat)
    }
  })
  return {
    env: { BURSAR_FAUCET_URL: server.url, BURSAR_FAUCET_TOKEN: token },
    [Symbol.asyncDispose]: () => server.close()
  }
}

/** @returns the network's name. @throws {RequestProblem} */
async function fund(
  { base, solana }: Pick<Stack, 'base' | 'solana'>,
  address: string,
  usdc: string
): Promise<string> {
  const amountAtomic = parseAmount(usdc)
  if (isEvmAddress(address)) {
    if (!base) throw notHere('Base')
    await base.mint(address, amountAtomic)
    return networkName(`eip155:${base.chainId}`)
  }
  if (!/^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(address))
    throw badRequest(`"${address.slice(0, 60)}" is not an address of Base or Solana`)
  if (!solana) throw notHere('Solana')
  await solana.mint(address, amountAtomic)
  return networkName(solana.network)
}

function parseAmount(usdc: string): bigint {
  try {
    return parseUsdc(usdc)
  } catch (error) {
    const malformed = bursarErrorOf(error, 'amount/malformed')
    throw malformed ? badRequest(malformed.message) : error
  }
}

function isEvmAddress(address: string): address is `0x${string}` {
  return /^0x[0-9a-f]{40}$/i.test(address)
}

function notHere(chain: string): RequestProblem {
  return badRequest(`${chain} does not run in this stack`)
}

function badRequest(message: string): RequestProblem {
  return new RequestProblem({ status: 400, code: 'invalid_request', message })
}

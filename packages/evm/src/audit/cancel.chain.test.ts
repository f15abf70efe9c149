import { type Asset, type JsonObject, type Network, type SignedPayment, x402V2 } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { parseChallenge } from '@bursar/core/wire'
import { startBase } from '@bursar/localchain'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { createEvmAuditor } from '../audit.js'
import { createEvmPayer, type EvmPayerOptions } from '../index.js'

it('X130: what was signed in a domain that only its token knows is cancelled in it', async () => {
  await using chain = await startBase({ chainId: 31_337 })
  const network: Network = { id: 'eip155:31337', family: 'eip155', name: 'Local' }
  const token: Asset = {
    network: network.id,
    address: chain.usdc,
    symbol: 'USDX',
    decimals: 6,
    currency: 'USD'
  }
  const known = { networks: [network], assets: [token] }
  const account = generatePrivateKey()
  await chain.fundGas(privateKeyToAccount(account).address)
  const options = { account, known, rpcUrls: { [network.id]: chain.rpcUrl } }
  const payment = await signFor(options, {
    ...{ scheme: 'exact', network: network.id, amount: '1', asset: token.address },
    ...{ payTo: '0x00000000000000000000000000000000000b0b07', extra: { name: 'USD Coin', version: '2' } }
  })
  await createEvmAuditor(options).cancel?.(payment)
  expect(await createEvmPayer(options).getSettlementStatus(payment)).toEqual({ status: 'dead' })
})

async function signFor(options: EvmPayerOptions, entry: JsonObject): Promise<SignedPayment> {
  const [offer] = parseChallenge({ x402Version: 2, accepts: [entry] }, createRegistry(options.known)).offers
  if (!offer) throw new TypeError('no offer')
  const prepared = await createEvmPayer(options).prepare(offer, { dialect: x402V2, maxValiditySeconds: 300 })
  return prepared.sign()
}

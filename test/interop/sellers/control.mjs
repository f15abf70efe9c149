// Clients that others publish. Each pays the sellers that it can, so that what only Bursar fails at is known to be Bursar's fault.

import { createKeyPairSignerFromBytes } from '@solana/kit'
import { ExactEvmScheme } from '@x402/evm'
import { wrapFetchWithPayment, x402Client } from '@x402/fetch'
import { ExactSvmScheme } from '@x402/svm'
import { wrapFetchWithPayment as thirdwebFetch } from 'thirdweb/x402'
import { privateKeyToAccount } from 'viem/accounts'
import { createSigner, wrapFetchWithPayment as legacyFetch } from 'x402-fetch'
import { config, listen } from './serve.mjs'

const { base, solana } = config
const account = privateKeyToAccount(base.privateKey)
const svm = await createKeyPairSignerFromBytes(Uint8Array.from(solana.secretKey))

const clients = {
  '@x402/fetch': () =>
    wrapFetchWithPayment(
      fetch,
      new x402Client()
        .register(base.network, new ExactEvmScheme(account))
        .register(solana.network, new ExactSvmScheme(svm, { rpcUrl: solana.rpcUrl }))
    ),
  'x402-fetch': async () => {
    const evm = await createSigner('base', base.privateKey)
    const options = { svmConfig: { rpcUrl: solana.rpcUrl } }
    return legacyFetch(fetch, { evm, svm }, undefined, undefined, options)
  },
  thirdweb: () => {
    const wallet = { getAccount: () => account, getChain: () => ({ id: 8453 }) }
    return thirdwebFetch(fetch, { clientId: 'control' }, wallet)
  }
}

listen(async (request, response) => {
  const { searchParams } = new URL(request.url, 'http://127.0.0.1')
  try {
    const pay = await clients[searchParams.get('client')]()
    const paid = await pay(searchParams.get('url'))
    response.writeHead(paid.status).end(await paid.text())
  } catch (error) {
    response.writeHead(500).end(String(error.stack))
  }
})

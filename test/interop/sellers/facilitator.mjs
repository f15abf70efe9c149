// The official facilitators behind one address: npm's x402 for v1, npm's @x402 for v2.
import { createKeyPairSignerFromBytes } from '@solana/kit'
import { x402Facilitator } from '@x402/core/facilitator'
import { toFacilitatorEvmSigner } from '@x402/evm'
import { ExactEvmScheme } from '@x402/evm/exact/facilitator'
import { toFacilitatorSvmSigner } from '@x402/svm'
import { ExactSvmScheme } from '@x402/svm/exact/facilitator'
import { ExactSvmSchemeV1 } from '@x402/svm/exact/v1/facilitator'
import { createWalletClient, http, publicActions } from 'viem'
import { nonceManager, privateKeyToAccount } from 'viem/accounts'
import { settle as settleV1, verify as verifyV1 } from 'x402/facilitator'
import { config, listen } from './serve.mjs'

const { base, solana } = config
const nativeCurrency = { name: 'Ether', symbol: 'ETH', decimals: 18 }
const chain = { id: 8453, name: 'Base', nativeCurrency, rpcUrls: { default: { http: [base.rpcUrl] } } }
const account = privateKeyToAccount(base.privateKey, { nonceManager })
const evm = createWalletClient({ account, chain, transport: http(base.rpcUrl) }).extend(publicActions)
const svm = await createKeyPairSignerFromBytes(Uint8Array.from(solana.secretKey))

const svmSigner = toFacilitatorSvmSigner(svm, { defaultRpcUrl: solana.rpcUrl })
const v2 = new x402Facilitator()
  .register(base.network, new ExactEvmScheme(toFacilitatorEvmSigner({ ...evm, address: account.address })))
  .register(solana.network, new ExactSvmScheme(svmSigner))

// npm's x402 verifies v1 on both chains. It settles on Base; on Solana it waits for a websocket that the local node has
// elsewhere, so that npm's @x402/svm settles there.
const onSolana = new ExactSvmSchemeV1(svmSigner)
const v1Options = { svmConfig: { rpcUrl: solana.rpcUrl } }
const v1 = {
  verify: (payment, terms) => verifyV1(terms.network === 'solana' ? svm : evm, payment, terms, v1Options),
  settle: (payment, terms) =>
    terms.network === 'solana' ? onSolana.settle(payment, terms) : settleV1(evm, payment, terms)
}
const v1Kinds = [
  { x402Version: 1, scheme: 'exact', network: 'base' },
  { x402Version: 1, scheme: 'exact', network: 'solana', extra: { feePayer: svm.address } }
]

const answers = {
  // Dexter's servers take what they offer from here.
  '/supported': () => {
    const { kinds, ...supported } = v2.getSupported()
    return { ...supported, kinds: [...kinds.map(completed), ...v1Kinds] }
  },
  // Faremeter's servers have their offers completed.
  '/accepts': ({ accepts, ...rest }) => ({
    ...rest,
    accepts: accepts.map((offer) => completed({ maxTimeoutSeconds: 60, ...offer }))
  }),
  '/verify': ({ paymentPayload, paymentRequirements }) =>
    versionOf(paymentPayload).verify(paymentPayload, paymentRequirements),
  '/settle': ({ paymentPayload, paymentRequirements }) =>
    versionOf(paymentPayload).settle(paymentPayload, paymentRequirements)
}

function versionOf({ x402Version }) {
  return x402Version === 1 ? v1 : v2
}

function completed(offer) {
  const extra =
    offer.network === base.network ? { name: 'USD Coin', version: '2' } : { feePayer: svm.address }
  return { ...offer, extra: { ...offer.extra, ...extra } }
}

listen(async (request, response) => {
  const chunks = await request.toArray()
  const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks)) : {}
  try {
    const answer = await answers[request.url](body)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  } catch (error) {
    process.stderr.write(`${request.url}: ${error.stack}\n`)
    response.writeHead(500).end(JSON.stringify({ error: String(error) }))
  }
})

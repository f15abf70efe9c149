import { BASE, partsOf } from '@bursar/core'
import { createKatanaProofProvider } from '@bursar/siwx'
import { chooseBalanceNetwork } from '../accounts/balance-network.js'
import { withProvingBursar } from '../accounts/open-accounts.js'
import { KATANA_URL, serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import { UsageError } from '../usage-error.js'

/** The options of `proof`. */
export interface ProofVerbOptions {
  readonly url?: string
  readonly json?: boolean
}

/** Prints a fresh proof of the wallet for Katana, as a header that curl takes. */
export async function proof(context: CommandContext, options: ProofVerbOptions): Promise<void> {
  const { baseUrl = KATANA_URL } = serviceEndpoint(context.env, 'katana', options.url)
  await withProvingBursar(context, async (bursar) => {
    const { signerOf, networks, clock, random } = partsOf(bursar)
    const network = (await chooseBalanceNetwork(bursar, { baseUrl })) ?? networks[0] ?? BASE
    const signer = signerOf(network.startsWith('solana:') ? 'solana' : 'eip155')
    if (!signer) throw new UsageError(`There is no account on ${network} that signs texts`)
    const { origin } = new URL(baseUrl)
    const provider = createKatanaProofProvider({ signer, origin, network, clock, random })
    const { name, value } = (await provider.createProof()).headerFor(origin)
    context.out(options.json ? `${JSON.stringify({ name, value })}\n` : `${name}: ${value}\n`)
    context.err(
      `Anyone who has this header can spend the prepaid balance at ${origin}, outside every limit, for some minutes.\n`
    )
  })
}

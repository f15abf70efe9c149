import { BASE, BASE_SEPOLIA, gasCoinOf, type NetworkId, SOLANA_DEVNET, SOLANA_MAINNET } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import type { Chain, KeptKey } from '@bursar/keystore'
import { renderUnicodeCompact } from 'uqr'
import type { Env } from '../io.js'
import { isTestnet } from '../options/network-options.js'
import { networkName } from '../text/network-name.js'
import type { Screen } from '../text/table.js'
import { wrapText } from '../text/wrap-text.js'

/** Where the command pays at first: with real money, and with test money. */
const networks: Readonly<Record<Chain, readonly [real: NetworkId, test: NetworkId]>> = {
  evm: [BASE, BASE_SEPOLIA],
  solana: [SOLANA_MAINNET, SOLANA_DEVNET]
}

/** Who looks at the screen, and with which settings. */
interface Viewer extends Pick<Screen, 'columns'> {
  readonly env: Env
}

/** Shows where a wallet is paid, with codes to scan where the screen has room for them. */
export function fundingScreen(viewer: Viewer, wallet: string, keys: readonly KeptKey[]): string {
  const text = `Wallet ${wallet}\n\n${keys.map((key) => fundingOf(viewer, key)).join('\n')}`
  return wrapText(text, viewer.columns)
}

function fundingOf({ columns, env }: Viewer, { chain, address }: KeptKey): string {
  const network = networks[chain][isTestnet(env) ? 1 : 0]
  const [name, usdc] = [networkName(network), createRegistry().defaultAsset(network)?.address]
  const code = renderUnicodeCompact(address, { border: 2 })
  const hasRoom = columns === undefined || code.indexOf('\n') <= columns
  return `${name}: send USDC on ${name} to
${hasRoom ? `\n${code}\n` : ''}
${address}

No ${gasCoinOf(network).symbol} is needed to pay: the server pays the fees.
(USDC there is the token
${usdc}.
Never send money to that address.)
`
}

import type { Chain, KeptKey } from '@bursar/keystore'
import { renderUnicodeCompact } from 'uqr'
import type { Screen } from '../text/table.js'
import { wrapText } from '../text/wrap-text.js'

/** What the sender of money to an address must know about its chain. */
interface Funding {
  readonly network: string
  readonly usdc: string
  readonly gas: string
}

const funding: Readonly<Record<Chain, Funding>> = {
  evm: { network: 'Base', usdc: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', gas: 'ETH' },
  solana: { network: 'Solana', usdc: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', gas: 'SOL' }
}

/** Shows where a wallet is paid, with codes to scan where the screen has room for them. */
export function fundingScreen(
  screen: Pick<Screen, 'columns'>,
  wallet: string,
  keys: readonly KeptKey[]
): string {
  const text = `Wallet ${wallet}\n\n${keys.map((key) => fundingOf(screen, key)).join('\n')}`
  return wrapText(text, screen.columns)
}

function fundingOf({ columns }: Pick<Screen, 'columns'>, { chain, address }: KeptKey): string {
  const { network, usdc, gas } = funding[chain]
  const code = renderUnicodeCompact(address, { border: 2 })
  const hasRoom = columns === undefined || code.indexOf('\n') <= columns
  return `${network}: send USDC on ${network} to
${hasRoom ? `\n${code}\n` : ''}
${address}

No ${gas} is needed to pay: the server pays the fees.
(USDC there is the token
${usdc}.
Never send money to that address.)
`
}

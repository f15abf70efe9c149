import {
  type Asset,
  abortable,
  BursarError,
  type ChainReader,
  type NetworkId,
  SOLANA_DEVNET,
  SOLANA_MAINNET
} from '@bursar/core'
import { type Address, readAddress } from '../address/address.js'
import { TOKEN, TOKEN_2022 } from '../address/programs.js'
import { readAccount } from './account-info.js'

/** A token, as the chain describes it. */
export interface Mint {
  readonly address: Address
  /** Token or Token-2022. */
  readonly tokenProgram: Address
  readonly decimals: number
}

/** Looks mints up, each once. */
export interface Mints {
  /**
   * @throws {BursarError} `rpc/unavailable`; `offer/domain-mismatch` when the chain has no such mint, or has it with other
   * decimals than the registry.
   */
  read(asset: Asset, signal?: AbortSignal): Promise<Mint>
}

/** Circle's USDC, of which all that is read of a mint is known. */
const circleMints = [
  [SOLANA_MAINNET, 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'],
  [SOLANA_DEVNET, '4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU']
] as const

/** Where a mint keeps its decimals. */
const DECIMALS_AT = 44

/** Builds the look-up. Circle's own mints need none: an account never changes its program, nor a mint its decimals. */
export function createMints(reader: ChainReader): Mints {
  const mints = new Map<string, Promise<Mint>>()
  for (const [network, address] of circleMints) {
    const mint = { address: readAddress(address), tokenProgram: TOKEN, decimals: 6 }
    mints.set(nameOf(network, address), Promise.resolve(mint))
  }
  return {
    read(asset, signal) {
      const name = nameOf(asset.network, asset.address)
      let mint = mints.get(name)
      if (!mint) {
        mint = readMint(reader, asset)
        mints.set(name, mint)
        mint.catch(() => mints.delete(name))
      }
      return abortable(mint, signal)
    }
  }
}

function nameOf(network: NetworkId, address: string): string {
  return `${network}/${address}`
}

async function readMint(reader: ChainReader, asset: Asset): Promise<Mint> {
  const address = readAddress(asset.address)
  const slice = { offset: DECIMALS_AT, length: 1 }
  const account = await reader.read(asset.network, (rpc) => readAccount(rpc, asset.address, slice))
  const tokenProgram = [TOKEN, TOKEN_2022].find(({ text }) => text === account?.owner)
  const decimals = account?.data[0]
  if (!tokenProgram || decimals === undefined) {
    throw contradicted(asset, 'its address is not that of a token')
  }
  if (decimals !== asset.decimals) {
    throw contradicted(asset, `it has ${decimals} decimals on chain and ${asset.decimals} in the registry`)
  }
  return { address, tokenProgram, decimals }
}

/** The chain has the token otherwise than the registry. */
function contradicted({ symbol, address, network }: Asset, reason: string): BursarError {
  return new BursarError('offer/domain-mismatch', {
    message: `Asset ${symbol} (${address}) on ${network} cannot be paid with: ${reason}. Nothing was signed.`,
    context: { network, asset: address, reason },
    moneyState: 'none'
  })
}

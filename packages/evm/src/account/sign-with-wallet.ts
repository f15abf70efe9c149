import { walletWords } from '@bursar/core/wallet-words'
import type { Address, Hex } from '../address/address.js'
import { type AuthorizationRequest, typedDataOf } from '../payment/authorization.js'
import type { ContractWallets } from '../rpc/contract-wallets.js'
import { authorizationHash, domainSeparator } from '../signer/authorization-hash.js'
import type { DataRequest } from './authorizer.js'
import { type EvmWallet, isEthersSigner, signsInParts } from './evm-account.js'
import { type JudgedSignature, judgeSignature } from './judge-signature.js'
import { signerFailed } from './signer-error.js'
import { type TypedData, toWalletTypedData } from './wallet-typed-data.js'

/** A wallet, and who can be asked about its signatures. */
export interface WalletParts {
  readonly wallet: EvmWallet
  readonly address: Address
  readonly contracts: ContractWallets
  /** Aborts once nobody waits for a signature. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Has a wallet sign an authorization, and checks the signature before anybody else sees it: whoever settles the payment
 * judges it in the same way, by the code at the payer's address.
 *
 * @returns the signature as it is sent.
 * @throws {BursarError} `signer/failed`
 */
export async function signWithWallet(parts: WalletParts, request: AuthorizationRequest): Promise<Hex> {
  const { domain, authorization } = request
  const network = `eip155:${domain.chainId}` as const
  const hash = authorizationHash(domainSeparator(domain), authorization)
  const judged = await signAndJudge(parts, { data: typedDataOf(request), hash })
  if (judged.by === 'contract' && !(await parts.contracts.canBePaidFrom(network, domain.verifyingContract)))
    throw signerFailed(
      network,
      'it is a contract, and the token takes authorizations of keys only (EIP-3009 without `bytes`)'
    )
  return judged.signature
}

/** Has a wallet sign other typed data, and checks the signature in the same way. @throws {BursarError} `signer/failed` */
export async function signDataWithWallet(parts: WalletParts, request: DataRequest): Promise<Hex> {
  const judged = await signAndJudge(parts, request)
  if (judged.by === 'contract' && request.isForKeys)
    throw signerFailed(
      `eip155:${request.data.domain.chainId}`,
      'it is a contract, which has to approve Permit2 by a transaction of its own'
    )
  return judged.signature
}

async function signAndJudge(
  { wallet, address, contracts, signal }: WalletParts,
  { data, hash }: DataRequest
): Promise<JudgedSignature> {
  const network = `eip155:${data.domain.chainId}` as const
  // The chain is asked while the wallet signs.
  contracts.preload({ network, address })
  return judgeSignature(contracts, {
    network,
    address,
    hash,
    signature: await askWallet(wallet, data, signal)
  })
}

async function askWallet(
  wallet: EvmWallet,
  data: TypedData,
  signal: AbortSignal | undefined
): Promise<unknown> {
  try {
    if (!isEthersSigner(wallet)) return await wallet.signTypedData(toWalletTypedData(data), { signal })
    if (!signsInParts(wallet)) throw new TypeError('The wallet has no signTypedData')
    const types = Object.fromEntries(Object.entries(data.types).map(([name, fields]) => [name, [...fields]]))
    return await wallet.signTypedData(data.domain, types, { ...data.message })
  } catch (cause) {
    const words = walletWords(cause)
    const said = words === undefined ? '' : `: ${words}`
    throw signerFailed(`eip155:${data.domain.chainId}`, `it refused to sign${said}`, cause)
  }
}

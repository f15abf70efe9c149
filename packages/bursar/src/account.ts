import {
  type Auditor,
  type Clock,
  loadOnce,
  type MessageSigner,
  type NetworkFamily,
  type RandomBytes,
  type RpcUrls
} from '@bursar/core'
import type { PayerSource, PayingFetchOptions } from '@bursar/fetch'

/** One account of a bursar. Rarely used parts are loaded when first needed. */
export interface Account {
  readonly family: NetworkFamily
  readonly payer: PayerSource
  /** Signs texts. Absent: the account signs payments only. */
  readonly signer: MessageSigner | undefined
  readonly auditor: () => Promise<Auditor>
}

/** The options for accounts of every family. */
export interface AccountOptions {
  readonly clock?: Clock | undefined
  readonly random?: RandomBytes | undefined
  readonly known?: PayingFetchOptions['known'] | undefined
  readonly rates?: PayingFetchOptions['rates'] | undefined
  readonly rpcUrls?: RpcUrls | undefined
}

/** A signer that is loaded with the first text. */
export function lazySigner(family: NetworkFamily, load: () => Promise<MessageSigner>): MessageSigner {
  const signer = loadOnce(load)
  return Object.freeze<MessageSigner>({
    family,
    address: async () => (await signer()).address(),
    sign: async (text, network) => (await signer()).sign(text, network)
  })
}

import type { NetworkFamily, NetworkId } from '../network/network.js'
import type { AccountMeter } from './account-meter.js'
import type { Auditor } from './auditor.js'
import type { Clock, RandomBytes } from './clock.js'
import type { Ledger } from './ledger.js'
import type { MessageSigner } from './message-signer.js'
import type { Payer } from './payer.js'

/** The property under which a bursar keeps its parts. Equal in every install, so that packages of two installs work together. */
export const bursarParts: unique symbol = Symbol.for('bursar.parts')

/** What the services and the audit of this repository need of a bursar beyond its verbs. No promise to anybody else. */
export interface BursarParts {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly random: RandomBytes
  /** The main network of each account: Base, Solana's mainnet. */
  readonly networks: readonly NetworkId[]
  /** Who pays on a family of chains, loaded when it is first asked for. */
  readonly payerOf: (family: string) => Promise<Payer | undefined>
  /** Who reads the past of a family of chains, loaded when it is first asked for. */
  readonly auditorOf: (family: string) => Promise<Auditor | undefined>
  /** Who signs texts with the account of a family. Absent: there is no account, or it signs payments only. */
  readonly signerOf: (family: NetworkFamily) => MessageSigner | undefined
  /** Makes what enters the bills of API keys in the ledger, under the bursar's limits. */
  readonly createAccountMeter: () => AccountMeter
}

/** What has parts, as what `createBursar` returns. */
export interface HasBursarParts {
  /** A function, so that printing a bursar prints none of its parts. */
  readonly [bursarParts]: () => BursarParts
}

import { abortable, type ChainReader, type Clock, type NetworkId } from '@bursar/core'
import { BoundedMap } from '@bursar/core/bounded-map'
import { type Blockhash, readBlockhash } from './blockhash.js'
import { readHintedBlockhash } from './blockhash-hint.js'

/**
 * Blockhashes to build payments on. One is shared by all payments for a while: it is read at `confirmed`, which
 * leaves it 148 blocks or more, where `finalized` would cost 32 of them. No confirmed block of mainnet has ever
 * been undone, and if one were, its payments could only fail to land.
 */
export interface Blockhashes {
  /**
   * A recent hash: the server's own when the chain takes it, else ours. Reads nothing while ours is young;
   * an unknown hint is then looked up beside the payment, and the next payment uses it.
   *
   * @throws {BursarError} `rpc/unavailable`
   */
  recent(network: NetworkId, hint: string | undefined, signal?: AbortSignal): Promise<Blockhash>
  /**
   * A hash that every node knows, read now: for a payment that is reissued, since the server may not have known the
   * hash of the first.
   *
   * @throws {BursarError} `rpc/unavailable`
   */
  finalized(network: NetworkId, signal?: AbortSignal): Promise<Blockhash>
}

/** What the ages of blockhashes are measured with. */
export interface BlockhashTiming {
  readonly clock: Clock
  /** Milliseconds between blocks. */
  readonly slotTimeMs: number
}

/** Ages in slots: 20 s and 30 s on mainnet. A hash lives for 150. */
const REFRESH_AFTER_SLOTS = 50
const USABLE_SLOTS = 75

/** Builds the source of blockhashes. */
export function createBlockhashes(reader: ChainReader, timing: BlockhashTiming): Blockhashes {
  const networks = new Map<NetworkId, NetworkBlockhashes>()
  return {
    recent(network, hint, signal) {
      let blockhashes = networks.get(network)
      if (!blockhashes) {
        blockhashes = new NetworkBlockhashes(reader, timing, network)
        networks.set(network, blockhashes)
      }
      return blockhashes.recent(hint, signal)
    },
    finalized: (network, signal) =>
      reader.read(network, (rpc) => readBlockhash(rpc, 'finalized', timing.clock.nowMs()), { signal })
  }
}

/** The blockhashes of one network. */
class NetworkBlockhashes {
  readonly #reader: ChainReader
  readonly #timing: BlockhashTiming
  readonly #network: NetworkId
  /** Our latest ones, and hints that the chain takes, by their text. */
  readonly #known = new BoundedMap<string, Blockhash>(16)
  #ours: Blockhash | undefined
  #pending: Promise<Blockhash> | undefined
  #lookup: Promise<Blockhash | undefined> | undefined

  constructor(reader: ChainReader, timing: BlockhashTiming, network: NetworkId) {
    this.#reader = reader
    this.#timing = timing
    this.#network = network
  }

  async recent(hint: string | undefined, signal: AbortSignal | undefined): Promise<Blockhash> {
    const hinted = hint === undefined ? undefined : this.#known.get(hint)
    if (hinted && this.#slotsOld(hinted) < REFRESH_AFTER_SLOTS) return hinted
    const ours = this.#ours
    if (ours && this.#slotsOld(ours) < USABLE_SLOTS) {
      if (this.#slotsOld(ours) >= REFRESH_AFTER_SLOTS) this.#read().catch(() => {})
      if (hint !== undefined) this.#lookUp(hint).catch(() => {})
      return ours
    }
    const lookup = hint === undefined ? undefined : this.#lookUp(hint).catch(() => undefined)
    const read = await abortable(this.#read(), signal)
    const found = lookup && (await abortable(lookup, signal))
    return found && found.text === hint ? found : read
  }

  #slotsOld({ readAtMs }: Blockhash): number {
    const ageMs = this.#timing.clock.nowMs() - readAtMs
    // A clock that was set back says nothing about the age.
    return ageMs < 0 ? USABLE_SLOTS : ageMs / this.#timing.slotTimeMs
  }

  /** One read at a time, which all callers share. */
  #read(): Promise<Blockhash> {
    this.#pending ??= this.#reader
      .read(this.#network, (rpc) => readBlockhash(rpc, 'confirmed', this.#timing.clock.nowMs()))
      .then((blockhash) => {
        this.#ours = blockhash
        this.#known.set(blockhash.text, blockhash)
        return blockhash
      })
      .finally(() => {
        this.#pending = undefined
      })
    return this.#pending
  }

  /** One look-up at a time: a server that suggests a new hash with every offer cannot make us ask without end. */
  #lookUp(hint: string): Promise<Blockhash | undefined> {
    this.#lookup ??= this.#reader
      .read(this.#network, (rpc) => readHintedBlockhash(rpc, hint, this.#timing.clock.nowMs()))
      .then((blockhash) => {
        if (blockhash) this.#known.set(blockhash.text, blockhash)
        return blockhash
      })
      .finally(() => {
        this.#lookup = undefined
      })
    return this.#lookup
  }
}

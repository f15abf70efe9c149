import type { Clock, NetworkId } from '@bursar/core'
import { BoundedCache } from '../bounded-cache.js'
import { abortable } from './abortable.js'
import { type Blockhash, readBlockhash } from './blockhash.js'
import { readHintedBlockhash } from './blockhash-hint.js'
import type { ChainReader } from './chain-reader.js'

/**
 * Blockhashes to build payments on. One is shared by all payments for a while: it is read at `confirmed`, which
 * leaves it 148 blocks or more, where `finalized` would cost 32 of them; no confirmed block of mainnet has ever
 * been undone, and if one were, its payments could only fail to land.
 */
export interface Blockhashes {
  /**
   * A recent hash: the server's own when the chain takes it, else ours. Reads nothing while ours is young;
   * an unknown hint is then looked up beside the payment and used by the next.
   *
   * @throws {BursarError} `rpc/unavailable`
   */
  recent(network: NetworkId, hint: string | undefined, signal?: AbortSignal): Promise<Blockhash>
  /**
   * A hash that every node knows, read now, for a payment whose first hash the server did not know.
   *
   * @throws {BursarError} `rpc/unavailable`
   */
  finalized(network: NetworkId, signal?: AbortSignal): Promise<Blockhash>
}

/** What the ages of blockhashes are judged by. */
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
  const shelves = new Map<NetworkId, BlockhashShelf>()
  return {
    recent(network, hint, signal) {
      let shelf = shelves.get(network)
      if (!shelf) {
        shelf = new BlockhashShelf(reader, timing, network)
        shelves.set(network, shelf)
      }
      return shelf.take(hint, signal)
    },
    finalized: (network, signal) =>
      reader.read(network, (rpc) => readBlockhash(rpc, 'finalized', timing.clock.nowMs()), signal)
  }
}

/** The blockhashes of one network. */
class BlockhashShelf {
  readonly #reader: ChainReader
  readonly #timing: BlockhashTiming
  readonly #network: NetworkId
  /** Ours of late, and hints that the chain takes, by their text. */
  readonly #known = new BoundedCache<Blockhash>(16)
  #ours: Blockhash | undefined
  #reading: Promise<Blockhash> | undefined
  #looking: Promise<Blockhash | undefined> | undefined

  constructor(reader: ChainReader, timing: BlockhashTiming, network: NetworkId) {
    this.#reader = reader
    this.#timing = timing
    this.#network = network
  }

  async take(hint: string | undefined, signal: AbortSignal | undefined): Promise<Blockhash> {
    const hinted = hint === undefined ? undefined : this.#known.get(hint)
    if (hinted && this.#slotsOld(hinted) < REFRESH_AFTER_SLOTS) return hinted
    const ours = this.#ours
    if (ours && this.#slotsOld(ours) < USABLE_SLOTS) {
      if (this.#slotsOld(ours) >= REFRESH_AFTER_SLOTS) this.#read().catch(() => {})
      if (hint !== undefined) this.#look(hint).catch(() => {})
      return ours
    }
    const found = hint === undefined ? undefined : this.#look(hint).catch(() => undefined)
    const read = await abortable(this.#read(), signal)
    const look = found && (await abortable(found, signal))
    return look && look.text === hint ? look : read
  }

  #slotsOld({ readAtMs }: Blockhash): number {
    const ageMs = this.#timing.clock.nowMs() - readAtMs
    // A clock that was set back says nothing of the age.
    return ageMs < 0 ? USABLE_SLOTS : ageMs / this.#timing.slotTimeMs
  }

  /** One read at a time, whoever asks. */
  #read(): Promise<Blockhash> {
    this.#reading ??= this.#reader
      .read(this.#network, (rpc) => readBlockhash(rpc, 'confirmed', this.#timing.clock.nowMs()))
      .then((blockhash) => {
        this.#ours = blockhash
        this.#known.set(blockhash.text, blockhash)
        return blockhash
      })
      .finally(() => {
        this.#reading = undefined
      })
    return this.#reading
  }

  /** One look at a time: a server that hints at something new with every offer cannot make us ask without end. */
  #look(hint: string): Promise<Blockhash | undefined> {
    this.#looking ??= this.#reader
      .read(this.#network, (rpc) => readHintedBlockhash(rpc, hint, this.#timing.clock.nowMs()))
      .then((blockhash) => {
        if (blockhash) this.#known.set(blockhash.text, blockhash)
        return blockhash
      })
      .finally(() => {
        this.#looking = undefined
      })
    return this.#looking
  }
}

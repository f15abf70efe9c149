import { randomBytes } from 'node:crypto'
import { clearInterval, setInterval } from 'node:timers'
import bs58 from 'bs58'

/** How many blocks a blockhash is valid for. */
const BLOCKHASH_LIFE_BLOCKS = 150

/** The machine's time, also where a test has replaced `Date`. */
const machineNowMs = Date.now

/** A block, and how long transactions may refer to it. */
export interface BlockRef {
  readonly blockhash: string
  readonly height: number
  /** Unix seconds. */
  readonly timeSeconds: number
  readonly lastValidBlockHeight: number
}

/** Makes an empty block in every slot, so that blockhashes expire as they do on a real chain. */
export class BlockClock {
  readonly #byHeight = new Map<number, BlockRef>()
  readonly #byHash = new Map<string, BlockRef>()
  readonly #slotTimeMs: number
  readonly #timer: NodeJS.Timeout
  #aheadSeconds = 0
  #tip: BlockRef

  constructor(slotTimeMs: number) {
    this.#slotTimeMs = slotTimeMs
    this.#tip = this.#produce(0)
    this.#timer = setInterval(() => this.#produce(this.#tip.height + 1), slotTimeMs).unref()
  }

  /** The newest block. Its slot equals its height, because no slot is skipped. */
  get tip(): BlockRef {
    return this.#tip
  }

  /** The block of a height. Those that would have been made while the chain travelled do not exist. */
  at(height: number): BlockRef | undefined {
    return this.#byHeight.get(height)
  }

  /** Moves the clock forward, and the height by the blocks that would be made in this time. */
  travel(seconds: number): void {
    this.#aheadSeconds += seconds
    this.#produce(this.#tip.height + Math.max(1, Math.ceil((seconds * 1000) / this.#slotTimeMs)))
  }

  /** Takes the clock back to the machine's time. The height stays. */
  resetTime(): void {
    this.#aheadSeconds = 0
  }

  /** Whether a transaction may still refer to a block. */
  isValid(blockhash: string): boolean {
    const block = this.#byHash.get(blockhash)
    return block !== undefined && this.tip.height <= block.lastValidBlockHeight
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #produce(height: number): BlockRef {
    this.#tip = {
      blockhash: bs58.encode(randomBytes(32)),
      height,
      timeSeconds: Math.floor(machineNowMs() / 1000) + this.#aheadSeconds,
      lastValidBlockHeight: height + BLOCKHASH_LIFE_BLOCKS
    }
    this.#byHeight.set(height, this.#tip)
    this.#byHash.set(this.#tip.blockhash, this.#tip)
    return this.#tip
  }
}

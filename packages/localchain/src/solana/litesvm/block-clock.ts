import { randomBytes } from 'node:crypto'
import bs58 from 'bs58'

/** How many blocks a blockhash is valid for. */
const BLOCKHASH_LIFE_BLOCKS = 150

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
  readonly #blocks: BlockRef[] = []
  readonly #byHash = new Map<string, BlockRef>()
  readonly #timer: NodeJS.Timeout

  constructor(slotTimeMs: number) {
    this.#produce()
    this.#timer = setInterval(() => this.#produce(), slotTimeMs).unref()
  }

  /** The newest block. Its slot equals its height, because no slot is skipped. */
  get tip(): BlockRef {
    const tip = this.#blocks.at(-1)
    if (!tip) throw new TypeError('The chain has no block')
    return tip
  }

  at(height: number): BlockRef | undefined {
    return this.#blocks[height]
  }

  /** Whether a transaction may still refer to a block. */
  isValid(blockhash: string): boolean {
    const block = this.#byHash.get(blockhash)
    return block !== undefined && this.tip.height <= block.lastValidBlockHeight
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #produce(): void {
    const height = this.#blocks.length
    const block = {
      blockhash: bs58.encode(randomBytes(32)),
      height,
      timeSeconds: Math.floor(Date.now() / 1000),
      lastValidBlockHeight: height + BLOCKHASH_LIFE_BLOCKS
    }
    this.#blocks.push(block)
    this.#byHash.set(block.blockhash, block)
  }
}

import type { PublicClient } from 'viem'

/** As much of a block as is needed here. */
interface BlockTime {
  readonly number: bigint
  /** Unix seconds. */
  readonly timestamp: bigint
}

/** After so many guesses by proportion, blocks come at no even pace, and the range is halved instead. */
const GUIDED_GUESSES = 20

/**
 * Finds the first block that is not older than a time. Blocks come at an even pace, so that a guess by proportion is
 * near: on Base about four blocks are read, where halving alone would read twenty-five.
 *
 * @param seconds Unix seconds.
 * @returns its number, or one more than the latest when all blocks are older.
 */
export async function findFirstBlockSince(
  client: PublicClient,
  seconds: bigint,
  latest: BlockTime
): Promise<bigint> {
  if (latest.timestamp < seconds) return latest.number + 1n
  let low = await readBlockTime(client, 0n)
  if (low.timestamp >= seconds) return low.number
  let high = latest
  // Each guess that falls on the same side as the last goes further beyond the proportion, to find the other side soon.
  let margin = 0n
  // The block that is looked for is above `low` and at most `high`.
  for (let guess = 0; high.number - low.number > 1n; guess++) {
    const isGuided = guess < GUIDED_GUESSES
    const number = isGuided ? byProportion([low, high], seconds) + margin : (low.number + high.number) / 2n
    const block = await readBlockTime(client, clamp(number, low.number + 1n, high.number - 1n))
    if (block.timestamp < seconds) {
      low = block
      margin = margin > 0n ? margin * 4n : 1n
    } else {
      high = block
      margin = margin < 0n ? margin * 4n : -1n
    }
  }
  return high.number
}

function byProportion([low, high]: readonly [BlockTime, BlockTime], seconds: bigint): bigint {
  const blocks = high.number - low.number
  return low.number + (blocks * (seconds - low.timestamp)) / (high.timestamp - low.timestamp)
}

function clamp(value: bigint, min: bigint, max: bigint): bigint {
  return value < min ? min : value > max ? max : value
}

async function readBlockTime(client: PublicClient, blockNumber: bigint): Promise<BlockTime> {
  const { number, timestamp } = await client.getBlock({ blockNumber })
  return { number, timestamp }
}

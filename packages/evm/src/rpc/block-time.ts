import type { PublicClient } from 'viem'

/** The fields of an event that give its time. */
interface TimedLog {
  readonly blockNumber: bigint
  /** Newer nodes include the time in the event. */
  readonly blockTimestamp?: bigint | undefined
}

/** Reads when an event happened, in Unix seconds: with the event, or from its block. */
export async function readLogTime(
  client: PublicClient,
  { blockNumber, blockTimestamp }: TimedLog
): Promise<number> {
  const seconds = blockTimestamp ?? (await client.getBlock({ blockNumber })).timestamp
  return Number(seconds)
}

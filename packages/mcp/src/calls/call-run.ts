import type { ToolOutput } from '../tool-output.js'

/** Labels by which the purchases of one call are found again. */
interface CallLabels {
  readonly [label: string]: string
  readonly agent: string
  readonly call: string
}

/** What a tool that spends works with while it runs. */
export interface CallRun {
  readonly labels: CallLabels
  /** Aborts when the server ends, and for nothing else: a call goes on when nobody waits for it any more. */
  readonly signal: AbortSignal
  /** The job that an earlier run of this call has bought. */
  readonly job: string | undefined
  /** Writes down the job that was bought, so that it can be asked for. */
  noteJob(job: string, status: string): Promise<void>
  /** Writes the result down. A purchase may count as answered from then on, also when the process ends. */
  keep(output: ToolOutput): Promise<void>
}

/** A tool that spends. */
export type RunTool = (run: CallRun) => Promise<ToolOutput>

import type { SessionCase } from '../session-case.js'

/** A client. */
export interface ClientProgram {
  readonly name: string
  /** Of npm, which is installed. */
  readonly package: string
  /** Those that are tested, exact, the oldest first. */
  readonly versions: readonly string[]
  /** The ways to set it up: one for each API that it speaks. */
  readonly variants: readonly ClientVariant[]
}

/** One way to set a client up. */
export interface ClientVariant {
  readonly name: string
  /** The model that it asks for. */
  readonly model: string
  /** How it is started to answer one prompt and end. */
  start(place: ClientPlace, prompt: string): ClientCommand
  /** What it ends with, where that is not what is expected of every client. */
  readonly outcomes?: Outcomes
  /** What it ends with from a version on, the oldest first. */
  readonly outcomesSince?: Readonly<Record<string, Outcomes>>
  /** How many answers it asks for beside those of the turn, such as a title. Default: 0. */
  readonly answersBeside?: number
}

/** What differs of a client's sessions. */
type Outcomes = Partial<Readonly<Record<SessionCase, Partial<Outcome>>>>

/** Where a client runs, and what it is given. */
export interface ClientPlace {
  /** The `node_modules` with the programs. */
  readonly modules: string
  /** Empty folders of this session alone. */
  readonly home: string
  readonly project: string
  /** Of the proxy, without `/v1`. */
  readonly url: string
  readonly token: string
  /** A server of tools, where the case has one. */
  readonly mcp?: McpServer | undefined
}

/** How a client starts a server of tools, which is called `bursar`. */
export interface McpServer {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** A program to be started in the project's folder. */
export interface ClientCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Files that it reads, by their path. */
  readonly files?: Readonly<Record<string, string>>
}

/** What a session ends with. */
export interface Outcome {
  /** Whether the program ends with an error. */
  readonly fails?: boolean
  /** What it prints, for people or for programs. */
  readonly says: string
  /** How many different answers it asks for: so many are bought. */
  readonly answers: number
  /** Whether each of its requests is rejected, and made once. */
  readonly isRejected?: boolean
  /** Whether it repeats what is rejected all the same. */
  readonly mayRepeat?: boolean
  /** How much is bought beside the answers, by tools. Default: 0. */
  readonly buysBeside?: number
  /** Whether nothing is bought. */
  readonly isFree?: boolean
}

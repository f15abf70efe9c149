/** A fix in the code that a mutation undoes in the model. */
export interface Mutation {
  /** The name that `purchase.pml` knows it by. */
  readonly undo: string
  /** Where it shows, if not everywhere: a run of the model. */
  readonly where?: readonly string[]
  /** What the code does that is left out. */
  readonly believed: string
}

/** The runs of the model in which the promise must hold, by their definitions. */
export const runs = {
  separate: [],
  joined: ['JOIN', 'FAULTS=1', 'TRIES=2'],
  /** A process that dies before it has written that nothing was sent leaves that to be sent. */
  givenUp: ['GIVE_UP', 'CRASHES=0', 'FAULTS=1']
} as const satisfies Record<string, readonly string[]>

/** Each must break the promise. */
export const mutations: readonly Mutation[] = [
  { undo: 'UNDO_UNKNOWN_WAITS', believed: 'a session of which nothing is known is waited for' },
  { undo: 'UNDO_HEARTBEAT_WAITS_FOR_ENDS', believed: 'a session with an unwritten end does not beat' },
  { undo: 'UNDO_PENDING_ENDS', believed: 'an end that could not be written is written later' },
  { undo: 'UNDO_READ_BACK_OF_RESUME', believed: 'an unclear resumption is read back' },
  { undo: 'UNDO_READ_BACK_OF_RESERVATION', believed: 'an unclear reservation is read back' },
  { undo: 'UNDO_PROOF_OF_DEATH', believed: 'only the chain proves an authorization dead' },
  { undo: 'UNDO_WRITE_BEFORE_SEND', believed: 'the bytes are written before they are sent' },
  {
    undo: 'UNDO_LOOK_WHEN_RESERVING',
    where: runs.joined,
    believed: 'the step that reserves looks for an equal call in flight'
  },
  {
    undo: 'UNDO_LOOK_WHEN_BEGINNING',
    where: runs.joined,
    believed: 'a call joins what was in flight when it began, also if that is answered before its look'
  },
  {
    undo: 'UNDO_DISCARD',
    where: runs.givenUp,
    believed: 'what was signed for a caller who gives up before it is sent is discarded'
  }
]

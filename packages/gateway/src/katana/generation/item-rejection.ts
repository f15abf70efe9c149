/** Why an item is rejected. */
export interface ItemRejection {
  readonly code: string
  readonly message: string
}

/** Thrown while an item is read, to reject it. */
export class ItemError extends Error {
  override readonly name = 'ItemError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Runs a reader and returns its result, or the rejection when it throws an {@link ItemError}. */
export function catchRejection<Spec>(read: () => Spec): Spec | ItemRejection {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ItemError)) throw error
    return { code: error.code, message: error.message }
  }
}

/** An answer to an earlier request of the same sample: the fields that samples read. */
export interface Answer {
  readonly id: string
  readonly request_id: string
  readonly data: readonly { readonly url: string }[]
  readonly choices: readonly { readonly message: { readonly content: string } }[]
}

/** A request as a sample sends it. What depends on earlier answers is a function of them. */
export interface SampleRequest {
  /** Default: POST. */
  readonly method?: 'GET'
  readonly path: string | ((answers: readonly Answer[]) => string)
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: object | ((answers: readonly Answer[]) => object)
  /** Fields of a form. A value that begins with @ names a file, as curl writes it. */
  readonly form?: Readonly<Record<string, string>>
}

/** A code sample of a document: the requests that it makes, or the program as it stands. */
export interface Sample {
  readonly section: string
  readonly language: 'curl' | 'HTTP' | 'JavaScript' | 'JSON' | 'Python' | 'shell'
  readonly title: string
  readonly requests?: readonly SampleRequest[]
  readonly program?: string
}

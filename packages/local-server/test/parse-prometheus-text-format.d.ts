declare module 'parse-prometheus-text-format' {
  /** A metric as the parser returns it. */
  interface ParsedFamily {
    readonly name: string
    readonly type: string
    readonly metrics: readonly {
      readonly value?: string
      readonly labels?: Readonly<Record<string, string>>
      readonly buckets?: Readonly<Record<string, string>>
    }[]
  }
  function parse(text: string): readonly ParsedFamily[]
  export = parse
}

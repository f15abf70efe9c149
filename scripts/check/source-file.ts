/** One source file, its path relative to the repository. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

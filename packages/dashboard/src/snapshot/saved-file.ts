/** A file that a job was saved to, as it was when it was saved. */
export interface SavedFile {
  /** Whole, without links in it. */
  readonly path: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

/** Knows the files of jobs. */
export type FilesOf = (job: string) => Promise<readonly SavedFile[]>

/** The pictures that browsers show, by the end of their names. */
const picture = /\.(?:png|jpe?g|webp|gif|avif)$/i

/** The files of a job that are pictures, each with its number among the files. */
export function picturesOf(
  files: readonly SavedFile[]
): readonly { readonly index: number; readonly name: string }[] {
  return files
    .map(({ path }, index) => ({
      index,
      name: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
    }))
    .filter(({ name }) => picture.test(name))
}

import { isError } from '../error/is-error.js'
/** Whether an error of the file system has a code such as `ENOENT`. */
export function isFileError(error: unknown, code: string): boolean {
  return isError(error) && 'code' in error && error.code === code
}

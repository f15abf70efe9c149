// Node alone: files and folders that hold keys, policies and what guards money, and the processes that work on them.
export {
  createFile,
  removeFile,
  replaceFile,
  syncFolder,
  writeWhole
} from './files/durable-file.js'
export { isFileError } from './files/file-error.js'
export { makeFolder, makeFolderSync } from './files/make-folder.js'
export {
  hostName,
  isOnThisMachine,
  isPidFree,
  isProvenGone,
  ownIdentity,
  type ProcessIdentity,
  type ProcessTable
} from './files/process-identity.js'
export { syncFile } from './files/sync-file.js'
export { systemReason } from './files/system-reason.js'

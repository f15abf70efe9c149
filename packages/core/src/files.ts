// Node alone: files and folders that hold keys, policies and what guards money.
export {
  createFile,
  isFileError,
  removeFile,
  replaceFile,
  syncFolder,
  writeWhole
} from './files/durable-file.js'
export { makeFolder, makeFolderSync } from './files/make-folder.js'

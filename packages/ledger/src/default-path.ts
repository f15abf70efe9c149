export { defaultPath } from './stores/sqlite/default-path.js'

import { shownFiles } from '../.vitepress/shown-files.js'

export default { paths: shownFiles }

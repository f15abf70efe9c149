/** Writes docs/guides/parameters.md from the tables that the code reads requests by. */
import { writeFileSync } from 'node:fs'
import { parameterTables } from '@bursar/translation'
import { renderTables } from './parameters/render.js'

writeFileSync(new URL('../docs/guides/parameters.md', import.meta.url), renderTables(parameterTables))

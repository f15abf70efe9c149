/** Sees that Chromium is there for the tests that need a browser. */
import { installFromDebian } from './install-from-debian.mjs'

installFromDebian('/usr/bin/chromium', ['chromium'], 'Chromium, which the browser tests need')

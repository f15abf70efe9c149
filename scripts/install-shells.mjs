/** Sees that what the tests of the completion and of the manual page run is there: from Debian's packages, where it is not. */
import { installFromDebian } from './install-from-debian.mjs'

installFromDebian('/usr/bin/zsh', ['zsh'], 'the shell zsh')
installFromDebian('/usr/bin/fish', ['fish'], 'the shell fish')
installFromDebian('/usr/bin/mandoc', ['mandoc'], 'the reader of manual pages mandoc')

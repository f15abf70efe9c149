/** Sees that the model checker is there: from Debian's packages, where it is not. It compiles its models with gcc. */
import { installFromDebian } from './install-from-debian.mjs'

installFromDebian('/usr/bin/spin', ['spin'], 'the model checker spin')
installFromDebian('/usr/bin/gcc', ['gcc', 'libc6-dev'], 'the compiler gcc')

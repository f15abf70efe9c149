import { parseAbi } from 'viem'

/** The part of FiatTokenV2_2 that is used here. */
export const usdcAbi = parseAbi([
  'function configureMinter(address, uint256) returns (bool)',
  'function masterMinter() view returns (address)',
  'function owner() view returns (address)',
  'function updatePauser(address)',
  'function updateBlacklister(address)',
  'function mint(address to, uint256 amount) returns (bool)',
  'function balanceOf(address) view returns (uint256)',
  'function authorizationState(address authorizer, bytes32 nonce) view returns (bool)',
  'function blacklist(address)',
  'function unBlacklist(address)',
  'function pause()',
  'function unpause()',
  'event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce)',
  'event Transfer(address indexed from, address indexed to, uint256 value)'
])

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPermit2, Permit2Proxy} from './Permit2Proxy.sol';

/// Settles payments of the exact scheme. Anybody may call it: the money can only go where the payer has signed.
contract ExactPermit2Proxy is Permit2Proxy {
  struct Witness {
    address to;
    uint256 validAfter;
  }

  bytes32 public constant WITNESS_TYPEHASH = keccak256('Witness(address to,uint256 validAfter)');
  string public constant WITNESS_TYPE_STRING =
    'Witness witness)TokenPermissions(address token,uint256 amount)Witness(address to,uint256 validAfter)';

  function settle(
    IPermit2.PermitTransferFrom calldata permit,
    address owner,
    Witness calldata witness,
    bytes calldata signature
  ) external nonReentrant {
    transferWitnessed(permit, owner, witness, signature);
    emit Settled();
  }

  function settleWithPermit(
    EIP2612Permit calldata permit2612,
    IPermit2.PermitTransferFrom calldata permit,
    address owner,
    Witness calldata witness,
    bytes calldata signature
  ) external nonReentrant {
    allowPermit2(permit2612, permit.permitted, owner);
    transferWitnessed(permit, owner, witness, signature);
    emit SettledWithPermit();
  }

  function transferWitnessed(
    IPermit2.PermitTransferFrom calldata permit,
    address owner,
    Witness calldata witness,
    bytes calldata signature
  ) private {
    Transfer memory transfer = Transfer({
      to: witness.to,
      amount: permit.permitted.amount,
      validAfter: witness.validAfter,
      witness: keccak256(abi.encode(WITNESS_TYPEHASH, witness.to, witness.validAfter)),
      witnessTypeString: WITNESS_TYPE_STRING
    });
    transferOnce(permit, owner, transfer, signature);
  }
}

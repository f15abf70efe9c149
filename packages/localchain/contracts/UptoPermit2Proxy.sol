// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPermit2, Permit2Proxy} from './Permit2Proxy.sol';

/// Settles payments of the upto scheme: the facilitator that the payer has signed for takes any amount up to the permitted one.
contract UptoPermit2Proxy is Permit2Proxy {
  struct Witness {
    address to;
    address facilitator;
    uint256 validAfter;
  }

  bytes32 public constant WITNESS_TYPEHASH =
    keccak256('Witness(address to,address facilitator,uint256 validAfter)');
  string public constant WITNESS_TYPE_STRING =
    'Witness witness)TokenPermissions(address token,uint256 amount)Witness(address to,address facilitator,uint256 validAfter)';

  error AmountExceedsPermitted();
  error UnauthorizedFacilitator();

  function settle(
    IPermit2.PermitTransferFrom calldata permit,
    uint256 amount,
    address owner,
    Witness calldata witness,
    bytes calldata signature
  ) external nonReentrant {
    checkCharge(permit.permitted, amount, witness);
    transferWitnessed(permit, amount, owner, witness, signature);
    emit Settled();
  }

  function settleWithPermit(
    EIP2612Permit calldata permit2612,
    IPermit2.PermitTransferFrom calldata permit,
    uint256 amount,
    address owner,
    Witness calldata witness,
    bytes calldata signature
  ) external nonReentrant {
    checkCharge(permit.permitted, amount, witness);
    allowPermit2(permit2612, permit.permitted, owner);
    transferWitnessed(permit, amount, owner, witness, signature);
    emit SettledWithPermit();
  }

  function checkCharge(
    IPermit2.TokenPermissions calldata permitted,
    uint256 amount,
    Witness calldata witness
  ) private view {
    if (amount > permitted.amount) revert AmountExceedsPermitted();
    if (msg.sender != witness.facilitator) revert UnauthorizedFacilitator();
  }

  function transferWitnessed(
    IPermit2.PermitTransferFrom calldata permit,
    uint256 amount,
    address owner,
    Witness calldata witness,
    bytes calldata signature
  ) private {
    Transfer memory transfer = Transfer({
      to: witness.to,
      amount: amount,
      validAfter: witness.validAfter,
      witness: keccak256(
        abi.encode(WITNESS_TYPEHASH, witness.to, witness.facilitator, witness.validAfter)
      ),
      witnessTypeString: WITNESS_TYPE_STRING
    });
    transferOnce(permit, owner, transfer, signature);
  }
}

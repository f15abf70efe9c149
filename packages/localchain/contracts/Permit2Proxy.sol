// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// The part of Permit2 that the proxies call.
interface IPermit2 {
  struct TokenPermissions {
    address token;
    uint256 amount;
  }

  struct PermitTransferFrom {
    TokenPermissions permitted;
    uint256 nonce;
    uint256 deadline;
  }

  struct SignatureTransferDetails {
    address to;
    uint256 requestedAmount;
  }

  function permitWitnessTransferFrom(
    PermitTransferFrom calldata permit,
    SignatureTransferDetails calldata transferDetails,
    address owner,
    bytes32 witness,
    string calldata witnessTypeString,
    bytes calldata signature
  ) external;
}

/// EIP-2612.
interface IERC20Permit {
  function permit(
    address owner,
    address spender,
    uint256 value,
    uint256 deadline,
    uint8 v,
    bytes32 r,
    bytes32 s
  ) external;
}

/// What both proxies of x402 do. They have the interface of the contracts that stand at the canonical addresses, and were
/// written for local chains alone.
abstract contract Permit2Proxy {
  struct EIP2612Permit {
    uint256 value;
    uint256 deadline;
    bytes32 r;
    bytes32 s;
    uint8 v;
  }

  IPermit2 public constant PERMIT2 = IPermit2(0x000000000022D473030F116dDEE9F6B43aC78BA3);

  event Settled();
  event SettledWithPermit();
  event EIP2612PermitFailedWithReason(address indexed token, address indexed owner, string reason);
  event EIP2612PermitFailedWithPanic(address indexed token, address indexed owner, uint256 errorCode);
  event EIP2612PermitFailedWithData(address indexed token, address indexed owner, bytes data);

  error InvalidAmount();
  error InvalidOwner();
  error InvalidDestination();
  error PaymentTooEarly();
  error Permit2612AmountMismatch();
  error Reentered();

  bool private transient entered;

  modifier nonReentrant() {
    if (entered) revert Reentered();
    entered = true;
    _;
    entered = false;
  }

  /// What is transferred, to whom, and from when on.
  struct Transfer {
    address to;
    uint256 amount;
    uint256 validAfter;
    bytes32 witness;
    string witnessTypeString;
  }

  /// Allows Permit2 to take the tokens. A permit that the token refuses makes an event: it may have been used before, and the
  /// allowance may be there.
  function allowPermit2(
    EIP2612Permit calldata permit2612,
    IPermit2.TokenPermissions calldata permitted,
    address owner
  ) internal {
    if (permit2612.value != permitted.amount) revert Permit2612AmountMismatch();
    address token = permitted.token;
    try
      IERC20Permit(token).permit(
        owner,
        address(PERMIT2),
        permit2612.value,
        permit2612.deadline,
        permit2612.v,
        permit2612.r,
        permit2612.s
      )
    {} catch Error(string memory reason) {
      emit EIP2612PermitFailedWithReason(token, owner, reason);
    } catch Panic(uint256 errorCode) {
      emit EIP2612PermitFailedWithPanic(token, owner, errorCode);
    } catch (bytes memory data) {
      emit EIP2612PermitFailedWithData(token, owner, data);
    }
  }

  function transferOnce(
    IPermit2.PermitTransferFrom calldata permit,
    address owner,
    Transfer memory transfer,
    bytes calldata signature
  ) internal {
    if (transfer.amount == 0) revert InvalidAmount();
    if (owner == address(0)) revert InvalidOwner();
    if (transfer.to == address(0)) revert InvalidDestination();
    if (block.timestamp < transfer.validAfter) revert PaymentTooEarly();
    PERMIT2.permitWitnessTransferFrom(
      permit,
      IPermit2.SignatureTransferDetails({to: transfer.to, requestedAmount: transfer.amount}),
      owner,
      transfer.witness,
      transfer.witnessTypeString,
      signature
    );
  }
}

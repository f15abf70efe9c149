// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// A contract wallet of one owner. Its owner signs a hash together with the wallet's address and the chain, so that no
/// signature is good for another wallet of the same owner.
contract SmallWallet {
    address public immutable owner;

    constructor(address owner_) {
        owner = owner_;
    }

    /// EIP-1271.
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (signature.length != 65) return 0xffffffff;
        bytes32 signed = keccak256(abi.encode(hash, address(this), block.chainid));
        address signer = ecrecover(
            signed,
            uint8(signature[64]),
            bytes32(signature[:32]),
            bytes32(signature[32:64])
        );
        return signer != address(0) && signer == owner ? this.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// Deploys wallets at addresses that are known before (CREATE2).
contract SmallWalletFactory {
    function deploy(address owner, bytes32 salt) external returns (address) {
        address wallet = addressOf(owner, salt);
        return wallet.code.length > 0 ? wallet : address(new SmallWallet{salt: salt}(owner));
    }

    function addressOf(address owner, bytes32 salt) public view returns (address) {
        bytes32 code = keccak256(abi.encodePacked(type(SmallWallet).creationCode, abi.encode(owner)));
        return address(uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), address(this), salt, code)))));
    }
}

// Run it with NODE_OPTIONS=--experimental-vm-modules, because Bursar is made of ES modules.
export default { testEnvironment: 'node', transform: {} }

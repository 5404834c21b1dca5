// Runs before anything packs this folder. In here the entries are sources and the versions stand in the workspace's catalog.
console.error("This folder is for developing. Build the package and pack that: pnpm --filter @footfall/sdk build, then npm pack ./sdk/dist")
process.exit(1)

import { PDS } from '@atproto/pds'

await PDS.run({ onStarted: () => console.log('pds up') })
process.exit(0)

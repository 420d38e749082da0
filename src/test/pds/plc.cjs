const { PlcServer, Database } = require('@did-plc/server')

const server = PlcServer.create({ db: Database.mock(), port: Number(process.env.PLC_PORT) })
server.start().then(() => console.log('plc up'))
process.on('SIGTERM', () => server.destroy().then(() => process.exit(0)))

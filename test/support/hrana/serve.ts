/** The stand-in as a process of its own: `node test/support/hrana/serve.ts FILE [PORT]`. */
import { startHranaServer } from './server.ts'

const [file, port = '0'] = process.argv.slice(2)
if (file === undefined) throw new Error('usage: node test/support/hrana/serve.ts FILE [PORT]')
const { url, close } = await startHranaServer({ file, port: Number(port) })
console.log(url)
process.once('SIGTERM', () => void close().then(() => process.exit(0)))

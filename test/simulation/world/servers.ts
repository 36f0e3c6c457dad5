/** Two servers behind one address: requests reach them, work on them, and die with them. */
import type { Deps } from '../../../server/deps.ts'
import type { Task } from '../core/scheduler.ts'
import { CONNECTION_BROKEN, type World } from './world.ts'

/** What comes back over the wire. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export class Servers {
  private readonly world: World
  /** By place; started when first needed, and anew after a death: then nothing is remembered. */
  private readonly running = new Map<string, Deps>()
  /** How to tell the other side that the connection broke. */
  private readonly connections = new Map<Task, () => void>()

  constructor(world: World) {
    this.world = world
  }

  /** Sends a request and waits for the answer. @throws TypeError when none arrives */
  async send(request: Request): Promise<Reply> {
    const { scheduler, faults } = this.world
    const client = scheduler.current
    const step = `${client.name}#${client.steps++}`
    const sent = faults.at(step, 'request')
    this.world.note(() => `sends ${labelOf(request)}${sent === null ? '' : ` [${step}=${sent}]`}`)
    return new Promise((resolve, reject) => {
      const arrive = (reply: Reply | null) => this.arrive(client, step, reply, resolve, reject)
      if (sent === 'away') return arrive(null)
      const afterMs = sent === 'slow' ? faults.slowMs(step) : 0
      if (sent === 'twice') this.serve(`${step}b`, request.clone(), () => {}, afterMs)
      this.serve(step, request, arrive, afterMs)
    })
  }

  /** Runs something inside a server, as cron does. */
  run(name: string, work: (deps: Deps) => Promise<unknown>, afterMs = 0): Task {
    const { deps, place } = this.serverFor(name)
    const task = this.world.scheduler.newTask(name, place)
    this.world.scheduler.start(task, async () => void (await work(deps)), afterMs)
    return task
  }

  /** The task never goes on; with its process, nothing that this worked on does. */
  die(task: Task, isWhole: boolean): Promise<never> {
    const isLost = (other: Task) => other === task || (isWhole && other.process === task.process)
    for (const [other, broken] of this.connections) if (isLost(other)) broken()
    this.world.scheduler.lose(isLost)
    task.state = 'lost'
    if (isWhole && task.process !== null) this.running.delete(task.process)
    return new Promise(() => {})
  }

  private arrive(
    client: Task,
    step: string,
    reply: Reply | null,
    resolve: (reply: Reply) => void,
    reject: (error: Error) => void,
  ): void {
    const { scheduler, faults } = this.world
    const fault = faults.at(`${step}r`, 'reply')
    const isLost = reply === null || fault === 'lost'
    const afterMs = fault === 'slow' ? faults.slowMs(`${step}r`) : 0
    scheduler.put(client, `${step}r`, afterMs, () => {
      const struck = fault === null ? '' : ` [${step}r=${fault}]`
      this.world.note(() => (isLost ? `gets no answer${struck}` : `gets ${reply.status}${struck}`))
      if (isLost) reject(new TypeError(CONNECTION_BROKEN))
      else resolve(reply)
    })
  }

  private serve(
    name: string,
    request: Request,
    arrive: (reply: Reply | null) => void,
    afterMs: number,
  ): void {
    const { deps, place } = this.serverFor(name)
    const task = this.world.scheduler.newTask(name, place)
    this.connections.set(task, () => {
      this.connections.delete(task)
      arrive(null)
    })
    const work = async () => {
      const response = await this.world.machine.answer(request, deps)
      const { status, headers } = response
      const text = await response.text()
      if (this.connections.delete(task)) arrive({ status, headers, text })
    }
    this.world.scheduler.start(task, work, afterMs)
  }

  private serverFor(name: string): { deps: Deps; place: string } {
    const place = this.world.lot(`server of ${name}`) < 0.5 ? 'A' : 'B'
    const deps = this.running.get(place) ?? this.world.machine.depsOf(this.world)
    this.running.set(place, deps)
    return { deps, place }
  }
}

function labelOf({ method, url }: Request): string {
  return `${method} ${url.replace(/^http:\/\/[^/]+/, '')}`
}

import type { Mutant } from './mutant.js'
import { type Owner, world as outside } from './scheduler.js'
import type { Machine } from './simulated-clock.js'
import type { SimulatedDatabase } from './simulated-database.js'
import { SimulatedProcess } from './simulated-process.js'
import type { SimulatedServer } from './simulated-server.js'
import type { World } from './world.js'

/** What processes are started in. */
export interface PopulationParts {
  readonly world: World
  readonly server: SimulatedServer
  readonly database: SimulatedDatabase
  readonly mutant: Mutant
}

/** So often something may happen to a process, a machine, or the store. */
const EVERY_MS = 20_000

/** The machines, the processes on them, and what becomes of them. */
export class Population {
  crashes = 0
  readonly #parts: PopulationParts
  readonly #machines: readonly Machine[]
  readonly #processes: SimulatedProcess[]
  #lives = 0

  constructor(parts: PopulationParts) {
    this.#parts = parts
    const { plan } = parts.world
    this.#machines = Array.from({ length: plan.machines }, (_, index) => ({
      name: `machine-${index}`,
      skewMs: this.#drawSkew()
    }))
    parts.database.machine.skewMs = this.#drawSkew()
    this.#processes = Array.from({ length: plan.processes }, () => this.start())
    this.#later()
  }

  pick(): SimulatedProcess {
    return this.#parts.world.chance.pick(this.#processes)
  }

  /** Any process may end, or stand still, before any of its events. */
  strike(owner: Owner): void {
    const process = this.#processes.find((each) => each === owner)
    if (!process) return
    const { faults } = this.#parts.world
    if (faults.happens('crash')) this.#crash(process)
    else if (faults.happens('pause')) this.#pause(process)
  }

  /** What is out of order works again, and clocks are set right. */
  calm(): void {
    this.#parts.database.outage = undefined
    for (const machine of [...this.#machines, this.#parts.database.machine]) machine.skewMs = 0
    for (const process of this.#processes) process.pausedUntilMs = 0
  }

  endAll(): void {
    for (const process of this.#processes) process.crash()
  }

  start(): SimulatedProcess {
    const machine = this.#parts.world.chance.pick(this.#machines)
    return new SimulatedProcess({ ...this.#parts, machine, name: `process-${++this.#lives}` })
  }

  #later(): void {
    const { scheduler, chance, faults } = this.#parts.world
    if (faults.isCalm) return
    const occasion = { ms: chance.below(EVERY_MS), owner: outside, what: 'time passes' }
    scheduler.after(occasion, () => {
      this.#disturb()
      this.#later()
    })
  }

  #disturb(): void {
    const { faults, chance, scheduler } = this.#parts.world
    if (faults.happens('power cut')) this.#failPower()
    if (faults.happens('clock jump')) this.#jump()
    if (faults.happens('store down') && this.#parts.database.outage === undefined)
      this.#failStore(chance.below(30_000))
    scheduler.note(outside, 'has had its way')
  }

  #crash(gone: SimulatedProcess): void {
    this.crashes++
    gone.crash()
    const next = this.start()
    this.#processes[this.#processes.indexOf(gone)] = next
    this.#parts.world.scheduler.note(gone, `crashes, and ${next.name} starts`)
  }

  /** Everything is switched off at once. */
  #failPower(): void {
    for (const process of this.#processes) process.crash()
    this.#parts.database.failPower()
    this.#parts.world.scheduler.note(outside, 'the power fails')
    for (const index of this.#processes.keys()) this.#processes[index] = this.start()
    this.crashes += this.#processes.length
  }

  #pause(process: SimulatedProcess): void {
    const ms = this.#parts.world.chance.below(60_000)
    process.pause(ms)
    this.#parts.database.still(process, ms)
    this.#parts.world.scheduler.note(process, `stands still for ${ms} ms`)
  }

  #jump(): void {
    const { chance, scheduler } = this.#parts.world
    const machine = chance.pick([...this.#machines, this.#parts.database.machine])
    machine.skewMs = this.#drawSkew()
    scheduler.note(outside, `the clock of ${machine.name} is ${machine.skewMs} ms off`)
  }

  #failStore(ms: number): void {
    const { database, world } = this.#parts
    database.outage = world.chance.pick(['everything', 'writes'])
    world.scheduler.note(outside, `the store does not do ${database.outage}`)
    world.scheduler.after({ ms, owner: outside, what: 'the store works again' }, () => {
      database.outage = undefined
    })
  }

  #drawSkew(): number {
    const { chance, plan } = this.#parts.world
    return plan.maxSkewMs === 0 ? 0 : chance.below(2 * plan.maxSkewMs) - plan.maxSkewMs
  }
}

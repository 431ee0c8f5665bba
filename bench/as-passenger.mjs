// Loaded before the shop: it then reads the visitor's address where Passenger puts it, so that the
// load may come from many visitors and the limits stay on.
import { EventEmitter } from 'node:events'

globalThis.PhusionPassenger = new EventEmitter()

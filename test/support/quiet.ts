import { afterEach, beforeEach, expect, vi } from 'vitest'

// Whatever is reported as an error while a test runs is a fault of the code, or of the test.
beforeEach(() => {
  vi.spyOn(console, 'error')
})
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled()
})

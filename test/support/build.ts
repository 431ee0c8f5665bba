/**
 * What is served is what is tested: built as `npm start` builds it, and again for each run of a
 * watch.
 */
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { onceARun } from './once-a-run.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    dist: string
  }
}

export default async function setup(project: TestProject): Promise<void> {
  await onceARun('dist', async () => {
    build()
    project.onTestsRerun((files) => {
      if (files.some((file) => 'dist' in file.project.getProvidedContext())) build()
    })
  })
  project.provide('dist', resolve('dist'))
}

function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'inherit', 'ignore'] })
}

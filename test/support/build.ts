import { execFileSync } from 'node:child_process'

/** What is served is what is tested: built once, as `npm start` builds it. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'inherit', 'ignore'] })
}

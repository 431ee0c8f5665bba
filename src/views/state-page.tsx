import type { Child } from 'hono/jsx'

type StatePageProps = {
  title: string
  /** Gives the title its symbol: see the stylesheet. */
  status?: string | number
  children: Child
}

/** A page about the state of one thing, and what can be done. */
export const StatePage = ({ title, status, children }: StatePageProps) => (
  <main id="contenu" data-status={status}>
    <div class="state">
      <h1>{title}</h1>
      {children}
    </div>
  </main>
)

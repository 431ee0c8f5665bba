import type { Child } from 'hono/jsx'

type StatePageProps = {
  title: string
  /** Gives the title its sign: see the stylesheet. */
  status?: string | number
  children: Child
}

/** A page that says how one thing stands, and what can be done about it. */
export const StatePage = ({ title, status, children }: StatePageProps) => (
  <main id="contenu" data-status={status}>
    <div class="state">
      <h1>{title}</h1>
      {children}
    </div>
  </main>
)
